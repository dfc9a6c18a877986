"""The days of a week, as bars, as dots and as a picture."""
