"""Gallery: albums in an order that editors choose, and a page for every picture with its rights."""
