"""Writes entries to the log, and keeps those that it cannot take in a spool."""
