"""What all pieces share: the article, publishing, contributors, rendering, search, related pieces."""
