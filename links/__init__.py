"""Links: a directory by category, checked by a program that admits doubt."""
