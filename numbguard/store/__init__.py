"""Stores the log, the settings file, the state between runs and the card library on disk."""
