"""About: static pages on the magazine, the show and its airings, the staff, and the contact form."""
