"""Faults of the world against the log: how often each was tried, what was acknowledged, and what was lost."""
