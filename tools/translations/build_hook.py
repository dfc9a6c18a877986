"""Compiles the translations whenever a wheel or a source distribution is built.

Hatch imports it from ``pyproject.toml`` by its path, so it finds its neighbours by the folder of the checkout.
"""

from __future__ import annotations

import sys

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # its configuration is never read
    """Hatch finds the hook by this name."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        if version == "editable":  # a checkout, whose translations ./dev compiles whenever they change
            return
        sys.path.insert(0, self.root)
        try:
            from tools.translations.compiled import compile_all
        finally:
            sys.path.remove(self.root)
        compile_all()
