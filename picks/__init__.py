"""Picks: staff lists, the pick of the week, and ballots counted by a stated method."""
