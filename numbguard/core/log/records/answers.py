"""The record of an answer to a question about a warning sign. See the room for units and ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from numbguard.core.log.red_flags import WarningSign


@dataclass(frozen=True, slots=True)
class SignAnswer:
    """The answer to the question about one warning sign, for one episode."""

    id: str
    at: datetime
    episode: str
    sign: WarningSign
    present: bool
    version: int = 1
    """The version of the question that was answered, see ``WarningSign.version``."""

    @property
    def counts(self) -> bool:
        """Whether it answers today's question: a *no* to a narrower one does not, nor a *yes* to a wider one."""
        return self.sign.is_answered_by(self.present, self.version)
