"""Card, routine and pack files, and the pages of the guide."""
