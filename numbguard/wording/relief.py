"""The relief window's words once the steps are over. Pure, no Qt; called by the window on the GUI thread."""

from __future__ import annotations

from numbguard.core.log.advice.relief import ReliefStep
from numbguard.core.log.records import Episode
from numbguard.core.when.duration import say_minutes

STILL_NUMB = (
    "Still numb?",
    "It is in the log and stays open there: say “It's gone” here or in the tray when it passes.\n\n"
    "See a doctor if it lasts, keeps coming back or gets worse, if there is pain or weakness with it, or if nothing"
    " such as crossed legs or a long time in one seat explains it. Take your log along.",
    "Worried? Ask a professional, whatever this page says.",
)
"""Title, text, and the line under the picture, while the numbness has not gone."""


def gone(ended: Episode, during: ReliefStep | None) -> tuple[str, str, str]:
    """The same once the numbness has gone; ``during`` is the step that was shown at the time, if any."""
    what = f", at “{during.title}”" if during is not None else ""
    after = ""
    if ended.ended_at is not None:
        lasted = (ended.ended_at - ended.started_at).total_seconds()
        after = f" within a minute{what}" if lasted < 60 else f" after {say_minutes(lasted)}{what}"
    return (
        "Good that it's gone",
        f"Noted in the log: gone{after}.\n\nIf it comes back again and again, show the log to a doctor.",
        "Getting up every 30 to 60 minutes helps it to stay away.",
    )
