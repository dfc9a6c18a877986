"""The theme, and the widgets that several windows use."""
