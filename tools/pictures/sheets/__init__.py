"""A sheet of pictures for each window."""
