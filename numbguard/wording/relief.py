"""The relief window's words once the steps are over. Pure, no Qt; called by the window on the GUI thread."""

from __future__ import annotations

from numbguard.core.log.advice.relief import ReliefStep
from numbguard.core.log.records import Episode
from numbguard.core.when.duration import say_minutes
from numbguard.wording.catalogue import N_, _

STILL_NUMB = (
    N_("Still numb?"),
    N_(
        "It's in the log, marked as still numb. When it passes, choose “It's gone” here or in the tray.\n\n"
        "See a doctor if it doesn't go, keeps coming back or gets worse, if you also have pain or weakness, or if "
        "nothing obvious explains it, such as crossed legs or sitting for a long time. Take your log with you."
    ),
    N_("If you're worried, ask a doctor or nurse, whatever this page says."),
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
        _("Good that it's gone"),
        _("Logged: it went{after}.\n\nIf it keeps coming back, show your log to a doctor.").format(after=after),
        _("Getting up every 30 to 60 minutes helps stop it coming back."),
    )
