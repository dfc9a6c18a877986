"""Plays a picture: a figure in motion, or one of the person's own."""
