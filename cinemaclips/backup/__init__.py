"""Backups of the whole magazine: made online, rotated, verified by restoring them, restored."""
