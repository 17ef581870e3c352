"""The photo library: safe upload, credit and rights, and the renditions that pages show."""
