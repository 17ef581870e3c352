"""Interviews as turns of named speakers, and the import of pasted transcripts."""
