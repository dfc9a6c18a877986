"""Plays a picture: a figure in motion, or a picture of the person's own."""
