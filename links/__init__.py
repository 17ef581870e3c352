"""Links: a directory of pages elsewhere, by category, and the program that checks them."""
