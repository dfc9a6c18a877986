"""The figure seen from the front, in three dimensions."""
