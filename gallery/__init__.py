"""Gallery: albums in hand order, a page for every picture, and its rights beside it."""
