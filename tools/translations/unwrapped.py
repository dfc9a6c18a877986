"""Lists the visible texts that did not pass through the catalogue, window by window, in the pseudo-language."""

from __future__ import annotations


def main() -> int:
    """Print the texts, window by window; returns the exit status, 1 if there are any."""
    raise NotImplementedError
