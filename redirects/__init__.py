"""Where pages have gone: an address that was once given out keeps leading somewhere. Stands alone."""
