"""The pages that gather pieces of all sections, and the error pages."""
