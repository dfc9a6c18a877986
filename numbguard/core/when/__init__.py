"""Durations, moments and days as people write them."""
