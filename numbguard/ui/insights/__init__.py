"""The insights window."""
