"""The figure seen from the side."""
