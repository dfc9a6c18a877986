"""Backups, checks, repair and restore of the log."""
