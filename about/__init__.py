"""About: the magazine, the show and its air times, the people, the promises, the contact form."""
