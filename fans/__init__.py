"""Fans, public forms, rate limits, and outgoing mail. Imports neither films nor pieces."""
