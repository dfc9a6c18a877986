"""Your own bare feet, seen from above."""
