"""Films, people, their credits, and releases on disc, to which the pieces of all sections refer."""
