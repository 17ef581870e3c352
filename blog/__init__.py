"""Blog: posts, series, archives by month, and overheard quotes."""
