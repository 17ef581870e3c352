"""Blog: posts, series, archives by month, and things overheard."""
