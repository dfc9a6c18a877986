"""Charts for the screen and the PDF, from one description."""
