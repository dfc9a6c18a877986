"""The editor of your own cards and routines."""
