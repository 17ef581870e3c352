"""The roof: settings, addresses, front page, search, feeds."""
