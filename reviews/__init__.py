"""Reviews: one critic's opinion of one film, and how it was come by."""
