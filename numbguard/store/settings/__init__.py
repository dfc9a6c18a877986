"""The settings file and its undo."""
