"""Interviews: who asked, who answered, in turns; and pasted transcripts brought into that form."""
