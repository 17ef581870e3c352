"""Reviews: one critic's opinion of one film, and how the critic saw it."""
