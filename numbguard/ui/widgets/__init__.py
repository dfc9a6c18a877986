"""The theme, and the widgets that more than one window uses."""
