"""The advice on an episode in words. Pure, no Qt.

Called on the GUI thread by the windows and the notifications, and by the command line. Its contract is
`tests/core/log/advice/advice_table.toml`; the sources are in `docs/HEALTH.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.advice.episode_pattern import AdviceReason
from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.wording import formats
from numbguard.wording.capitals import inside
from numbguard.wording.catalogue import N_, _, translated

BEFORE_YOU_GO_ON: Final = N_("Before you go on")
"""The heading while an open question may raise the tier."""
ANYTHING_ELSE: Final = N_("Anything else wrong?")
"""The heading over the signs as a list, where the person said nothing of an episode."""
HEADINGS: Final[Mapping[AdviceTier, str]] = {
    AdviceTier.NOW: N_("Get help at once"),
    AdviceTier.TODAY: N_("Be seen today"),
    AdviceTier.SOON: N_("See a doctor soon"),
    AdviceTier.RELIEF: N_("Change your position"),
}

_REASONS: Final[Mapping[AdviceReason, str]] = {
    AdviceReason.LASTING: N_("it has lasted half an hour or more"),
    AdviceReason.LONGER: N_("it is taking longer to wear off than it used to"),
    AdviceReason.STRONGER: N_("it is getting worse"),
    AdviceReason.MORE_OFTEN: N_("it is happening more often"),
    AdviceReason.RECURRING: N_("it keeps coming back"),
    AdviceReason.PAIN: N_("it also hurts"),
    AdviceReason.WEAKNESS: N_("your leg also feels weak"),
    AdviceReason.UNEXPLAINED: N_("it has no clear cause, such as crossed legs or sitting for a long time"),
}
_BRING: Final = N_(
    "Take your NumbGuard report with you. The doctor will ask when it started, how often it happens, where, how long "
    "it lasts and what helps. Take a list of your medicines and supplements too."
)
_NO_DIAGNOSIS: Final = N_("This is not a diagnosis. If you're unsure or worried, phone and ask.")
_DO_NOT_WAIT: Final = N_("Don't drive yourself. Don't wait to see if it passes.")
_SEEN_TODAY: Final = N_(
    "See your doctor or call an urgent care line today. If you can reach neither, go to an emergency department."
)
_RELIEF: Final = (
    N_("If the leg will hold you, stand up and shake it gently."),
    N_(
        "Feeling usually comes back in a few seconds, or a couple of minutes. Numbness that is caused by how you sat, "
        "and goes soon after you move, is usually harmless."
    ),
    N_("See a doctor if it doesn't go, keeps coming back, or comes with pain or weakness."),
)


def heading(advice: Advice) -> str:
    """The heading of the tier; a neutral one while a question is open that could raise it."""
    return _(HEADINGS[advice.tier]) if advice.is_settled else _(BEFORE_YOU_GO_ON)


def reasons(advice: Advice) -> tuple[str, ...]:
    """Why the advice has its tier, in the middle of a sentence."""
    return (*_signs(advice), *(_(_REASONS[reason]) for reason in advice.reasons))


def _signs(advice: Advice) -> list[str]:
    return [formats.own_words(inside(translated(sign.words))) for sign in advice.signs]


def _because(advice: Advice) -> str:
    """The reasons as the sentence gives them: where a sign makes it urgent, only the signs."""
    if advice.tier.rank > AdviceTier.SOON.rank:
        return _listed(_signs(advice))
    return _listed(reasons(advice))


def sentences(advice: Advice, *, number: str = "") -> tuple[str, ...]:
    """The advice, the sentence that says most first.

    `number` is the emergency number that the person has set, if any; NumbGuard never makes one up.
    """
    call = number or _("your local emergency number")
    if not advice.is_settled:
        return tuple(_open(advice, call))
    match advice.tier:
        case AdviceTier.NOW:
            return tuple(_now(advice, call))
        case AdviceTier.TODAY:
            return tuple(_today(advice, call))
        case AdviceTier.SOON:
            return tuple(_soon(advice, call))
        case AdviceTier.RELIEF:
            return tuple(_(line) for line in _RELIEF)


def _open(advice: Advice, call: str) -> list[str]:
    """Nothing here reassures: a question that may change the tier is open."""
    said = [_("Please answer the questions first. What to do depends on them.")]
    if advice.tells_nothing:
        said = [_("Is anything else wrong? What to do depends on that.")]
    if advice.tier is AdviceTier.TODAY:
        said.append(
            _("From what you have told NumbGuard so far, be seen today: {because}.").format(because=_because(advice))
        )
    elif advice.tier is AdviceTier.SOON:
        said.append(
            _("From what you have told NumbGuard so far, see a doctor in the next days or weeks: {because}.").format(
                because=_because(advice)
            )
        )
    said.append(_("If you're worried, don't wait to answer: call a doctor, or {call}.").format(call=call))
    return said


def _now(advice: Advice, call: str) -> list[str]:
    said = [
        _("Call {call} now, or ask someone to take you to an emergency department.").format(call=call),
        _("You told NumbGuard about this: {because}.").format(because=_because(advice)),
        _(_DO_NOT_WAIT),
    ]
    if WarningSign.FACE_SPEECH_SIGHT in advice.signs:
        said.append(_("Call even if it has passed."))
    if WarningSign.COLD_LEG in advice.signs:
        said.append(_("Don't put the leg up."))
    return [*said, _(_NO_DIAGNOSIS)]


_WORSE: Final[Mapping[WarningSign, str]] = {
    WarningSign.WHOLE_SIDE: N_("it comes back, or your face, an arm, your speech or your sight changes"),
    WarningSign.SWOLLEN: N_("your chest hurts or you become short of breath"),
    WarningSign.FOOT_DROP: N_("it spreads or starts in the other leg"),
}
"""What turns a sign for today into an emergency."""


def _today(advice: Advice, call: str) -> list[str]:
    said = [_(_SEEN_TODAY), _("You told NumbGuard about this: {because}.").format(because=_because(advice))]
    worse = ""
    for sign, words in _WORSE.items():
        if sign in advice.signs:
            # Translators: Two reasons to call, such as "it spreads or starts in the other leg".
            worse = _("{one}, or if {other}").format(one=worse, other=_(words)) if worse else _(words)
    # Translators: "worse" is one reason to call or several, such as "it spreads or starts in the other leg".
    said.append(_("Call {call} at once if {worse}.").format(call=call, worse=worse))
    if WarningSign.SWOLLEN in advice.signs:
        said.append(_("Don't rub the leg."))
    return [*said, _(_NO_DIAGNOSIS)]


def _soon(advice: Advice, call: str) -> list[str]:
    why = _because(advice)
    if advice.is_late:
        return [
            _("If you have not been seen about this, see a doctor in the next few days: {why}.").format(why=why),
            _("If it is still there or comes back, don't wait: call {call}.").format(call=call),
            _(_BRING),
            _(_NO_DIAGNOSIS),
        ]
    return [_("See a doctor about this in the next days or weeks: {why}.").format(why=why), _(_BRING), _(_NO_DIAGNOSIS)]


def _listed(said: Sequence[str]) -> str:
    """One after the other; those that contain commas are set apart by semicolons."""
    marks = (",", formats.enumerated(("", "")).strip(), formats.alternatives(("", "")))
    if any(mark in one for one in said for mark in marks):
        return formats.clauses(said)
    return formats.listed(said)
