"""Reads and writes durations, moments and days as people write them."""
