"""The relief window's words once the steps are over. Pure, no Qt; called by the window on the GUI thread."""

from __future__ import annotations

from numbguard.core.log.advice.relief import ReliefStep
from numbguard.core.log.records.episode import Episode
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.lengths import say_minutes

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
    lasted = None if ended.ended_at is None else (ended.ended_at - ended.started_at).total_seconds()
    if lasted is None:
        said = _("Logged: it went.")
    elif lasted < 60:
        said = (
            _("Logged: it went within a minute.")
            if during is None
            else _("Logged: it went within a minute, at “{step}”.")
        )
    else:
        said = _("Logged: it went after {time}.") if during is None else _("Logged: it went after {time}, at “{step}”.")
    said = said.format(time=say_minutes(lasted or 0.0), step=translated(during.title) if during is not None else "")
    return (
        _("Good that it's gone"),
        "\n\n".join((said, _("If it keeps coming back, show your log to a doctor."))),
        _("Getting up every 30 to 60 minutes helps stop it coming back."),
    )
