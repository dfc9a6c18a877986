"""Stands in where the system has no setting for less motion, or none that can be read. ``choose`` tries it last."""

from __future__ import annotations


class UnknownMotion:
    """Always works."""

    name = "unknown"

    def start(self) -> None:
        pass

    def is_wanted(self) -> bool:
        return False

    def stop(self) -> None:
        pass
