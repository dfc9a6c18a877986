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
ANYTHING_ELSE: Final = "Anything else with it?"
"""The heading over the signs as a list, where nothing was told of an episode."""
HEADINGS: Final[Mapping[AdviceTier, str]] = {
    AdviceTier.NOW: "Get help at once",
    AdviceTier.TODAY: "Be seen today",
    AdviceTier.SOON: "See a doctor soon",
    AdviceTier.RELIEF: "Change your position",
}

_REASONS: Final[Mapping[AdviceReason, str]] = {
    AdviceReason.LASTING: "it lasts",
    AdviceReason.LONGER: "it takes longer to fade than it used to",
    AdviceReason.STRONGER: "it is stronger than it used to be",
    AdviceReason.MORE_OFTEN: "it comes more often",
    AdviceReason.RECURRING: "it keeps coming back",
    AdviceReason.PAIN: "it comes with pain",
    AdviceReason.WEAKNESS: "it comes with weakness",
    AdviceReason.UNEXPLAINED: "it has no clear cause, such as crossed legs or a long time in one seat",
}
_BRING: Final = (
    "Take the report of your log along: when it began, how often it comes, where, how long it lasts and what helps is "
    "what you will be asked. And a list of your medicines and supplements."
)
_NO_DIAGNOSIS: Final = "This is not a diagnosis. If you are not sure, or worried, call and ask."
_DO_NOT_WAIT: Final = "Do not drive yourself, and do not wait to see whether it passes."
_SEEN_TODAY: Final = (
    "See your doctor or call an urgent care line today; if you can reach neither, go to an emergency department."
)
_RELIEF: Final = (
    "Stand up if the leg holds you, and shake it gently.",
    "Most often the feeling is back within seconds, or a couple of minutes. Numbness that follows a position and is "
    "gone soon after you move is usually harmless.",
    "If it stays, comes back often, or pain or weakness come with it, see a doctor.",
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
    said = ["Look at the questions first: what to do depends on the answers."]
    if advice.tells_nothing:
        said = ["Is there anything else with it? What to do depends on that."]
    if advice.tier is AdviceTier.TODAY:
        said.append(f"From what is known so far, be seen today: {_because(advice)}.")
    elif advice.tier is AdviceTier.SOON:
        said.append(f"From what is known so far, see a doctor in the next days or weeks: {_because(advice)}.")
    said.append(f"If you are worried, do not wait for the questions: call a doctor, or {call}.")
    return said


def _now(advice: Advice, call: str) -> list[str]:
    said = [
        f"Call {call} now, or have somebody take you to an emergency department.",
        f"The reason: {_because(advice)}.",
        _DO_NOT_WAIT,
    ]
    if WarningSign.FACE_SPEECH_SIGHT in advice.signs:
        said.append("Call even if it has passed.")
    if WarningSign.COLD_LEG in advice.signs:
        said.append("Do not put the leg up.")
    return [*said, _NO_DIAGNOSIS]


def _today(advice: Advice, call: str) -> list[str]:
    said = [_SEEN_TODAY, f"The reason: {_because(advice)}."]
    worse = []
    if WarningSign.WHOLE_SIDE in advice.signs:
        worse.append("it comes back, or your face, an arm, your speech or your sight changes")
    if WarningSign.SWOLLEN in advice.signs:
        worse.append("your chest hurts or you become short of breath")
    if WarningSign.FOOT_DROP in advice.signs:
        worse.append("it spreads or the other leg begins")
    said.append(f"Call {call} at once if {', or if '.join(worse)}.")
    if WarningSign.SWOLLEN in advice.signs:
        said.append("Do not rub the leg.")
    return [*said, _NO_DIAGNOSIS]


def _soon(advice: Advice, call: str) -> list[str]:
    why = _because(advice)
    if advice.is_late:
        return [
            f"If you have not been seen about this, see a doctor in the next days: {why}.",
            f"If it is still there or comes back, do not wait: call {call}.",
            _BRING,
            _NO_DIAGNOSIS,
        ]
    return [f"Have this looked at by a doctor in the next days or weeks: {why}.", _BRING, _NO_DIAGNOSIS]


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _listed(said: Sequence[str]) -> str:
    """One after the other; those that contain commas are set apart by semicolons."""
    if any("," in one or " or " in one for one in said):
        return "; ".join(said)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
