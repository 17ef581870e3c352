"""Programs that measure what the site costs, and try whether it keeps its promises."""
