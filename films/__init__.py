"""Films, people, who did what, and discs: what everything else in the magazine hangs on."""
