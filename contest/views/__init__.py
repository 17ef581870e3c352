"""The room's pages, by what they are for: the room itself, entering, the proof, winning."""
