"""What strangers may send us, and how often. Stands alone: it knows nothing of films or pieces."""
