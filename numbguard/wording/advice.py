"""The advice on an episode in words. Pure, no Qt.

Called on the GUI thread by the windows and the notifications, and by the command line. Its contract is
`tests/core/log/advice_table.toml`; the sources are in `docs/HEALTH.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.advice.episode_pattern import AdviceReason
from numbguard.core.log.red_flags import AdviceTier, WarningSign

BEFORE_YOU_GO_ON: Final = "Before you go on"
"""The heading while an open question may raise the tier."""
ANYTHING_ELSE: Final = "Anything else wrong?"
"""The heading over the signs as a list, where nothing was told of an episode."""
HEADINGS: Final[Mapping[AdviceTier, str]] = {
    AdviceTier.NOW: "Get help at once",
    AdviceTier.TODAY: "Be seen today",
    AdviceTier.SOON: "See a doctor soon",
    AdviceTier.RELIEF: "Change your position",
}

_REASONS: Final[Mapping[AdviceReason, str]] = {
    AdviceReason.LASTING: "it has lasted half an hour or more",
    AdviceReason.LONGER: "it is taking longer to wear off than it used to",
    AdviceReason.STRONGER: "it is getting worse",
    AdviceReason.MORE_OFTEN: "it is happening more often",
    AdviceReason.RECURRING: "it keeps coming back",
    AdviceReason.PAIN: "it also hurts",
    AdviceReason.WEAKNESS: "your leg also feels weak",
    AdviceReason.UNEXPLAINED: "it has no clear cause, such as crossed legs or sitting for a long time",
}
_BRING: Final = (
    "Take your NumbGuard report with you. The doctor will ask when it started, how often it happens, where, how long "
    "it lasts and what helps. Take a list of your medicines and supplements too."
)
_NO_DIAGNOSIS: Final = "This is not a diagnosis. If you're unsure or worried, phone and ask."
_DO_NOT_WAIT: Final = "Don't drive yourself. Don't wait to see if it passes."
_SEEN_TODAY: Final = (
    "See your doctor or call an urgent care line today. If you can reach neither, go to an emergency department."
)
_RELIEF: Final = (
    "If the leg will hold you, stand up and shake it gently.",
    "Feeling usually comes back in a few seconds, or a couple of minutes. Numbness that is caused by how you sat, and "
    "goes soon after you move, is usually harmless.",
    "See a doctor if it doesn't go, keeps coming back, or comes with pain or weakness.",
)


def heading(advice: Advice) -> str:
    """The heading of the tier; a neutral one while a question is open that could raise it."""
    return HEADINGS[advice.tier] if advice.is_settled else BEFORE_YOU_GO_ON


def reasons(advice: Advice) -> tuple[str, ...]:
    """Why the advice has its tier, in the middle of a sentence."""
    return (*(_lower(sign.words) for sign in advice.signs), *(_REASONS[reason] for reason in advice.reasons))


def _because(advice: Advice) -> str:
    """The reasons as the sentence gives them: where a sign makes it urgent, only the signs."""
    if advice.tier.rank > AdviceTier.SOON.rank:
        return _listed([_lower(sign.words) for sign in advice.signs])
    return _listed(reasons(advice))


def sentences(advice: Advice, *, number: str = "") -> tuple[str, ...]:
    """The advice, the sentence that says most first.

    `number` is the emergency number that the person has set, if any; NumbGuard never makes one up.
    """
    call = number or "your local emergency number"
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
            return _RELIEF


def _open(advice: Advice, call: str) -> list[str]:
    """Nothing here reassures: a question that may change the tier is open."""
    said = ["Please answer the questions first. What to do depends on them."]
    if advice.tells_nothing:
        said = ["Is anything else wrong? What to do depends on that."]
    if advice.tier is AdviceTier.TODAY:
        said.append(f"From what you have told NumbGuard so far, be seen today: {_because(advice)}.")
    elif advice.tier is AdviceTier.SOON:
        said.append(
            f"From what you have told NumbGuard so far, see a doctor in the next days or weeks: {_because(advice)}."
        )
    said.append(f"If you're worried, don't wait to answer: call a doctor, or {call}.")
    return said


def _now(advice: Advice, call: str) -> list[str]:
    said = [
        f"Call {call} now, or ask someone to take you to an emergency department.",
        f"You told NumbGuard about this: {_because(advice)}.",
        _DO_NOT_WAIT,
    ]
    if WarningSign.FACE_SPEECH_SIGHT in advice.signs:
        said.append("Call even if it has passed.")
    if WarningSign.COLD_LEG in advice.signs:
        said.append("Don't put the leg up.")
    return [*said, _NO_DIAGNOSIS]


def _today(advice: Advice, call: str) -> list[str]:
    said = [_SEEN_TODAY, f"You told NumbGuard about this: {_because(advice)}."]
    worse = []
    if WarningSign.WHOLE_SIDE in advice.signs:
        worse.append("it comes back, or your face, an arm, your speech or your sight changes")
    if WarningSign.SWOLLEN in advice.signs:
        worse.append("your chest hurts or you become short of breath")
    if WarningSign.FOOT_DROP in advice.signs:
        worse.append("it spreads or starts in the other leg")
    said.append(f"Call {call} at once if {', or if '.join(worse)}.")
    if WarningSign.SWOLLEN in advice.signs:
        said.append("Don't rub the leg.")
    return [*said, _NO_DIAGNOSIS]


def _soon(advice: Advice, call: str) -> list[str]:
    why = _because(advice)
    if advice.is_late:
        return [
            f"If you have not been seen about this, see a doctor in the next few days: {why}.",
            f"If it is still there or comes back, don't wait: call {call}.",
            _BRING,
            _NO_DIAGNOSIS,
        ]
    return [f"See a doctor about this in the next days or weeks: {why}.", _BRING, _NO_DIAGNOSIS]


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _listed(said: Sequence[str]) -> str:
    """One after the other; those that contain commas are set apart by semicolons."""
    if any("," in one or " or " in one for one in said):
        return "; ".join(said)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
