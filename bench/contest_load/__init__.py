"""A contest under load: readers who enter at once, processes that are killed, and what came of it."""
