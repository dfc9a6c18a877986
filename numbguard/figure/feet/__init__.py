"""Bare feet seen from above by their owner."""
