"""The photo library: safe upload, credit and rights, and every size a page may ask for."""
