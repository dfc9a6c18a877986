"""Labels of menus and buttons. Pure data, on any thread."""

from __future__ import annotations

APP = "NumbGuard"
LOG = "Log numbness now"
START = "Start a break now"
ROUTINE = "Start the daily routine"
PAUSE = "Pause"
NOT_TODAY = "Not today"
RESUME = "Resume"
STAND = "I'm standing"
SIT = "I'm sitting"
POSTURE = "Check my posture"
GONE = "It's gone"
ADD_DETAILS = "Add details"
ADD_TO_IT = "Add to that one"
ANOTHER_ONE = "It's a new one"
RELIEF = "Step-by-step relief"
UNDO = "Undo last entry"
HISTORY = "History…"
INSIGHTS = "Insights and report…"
OWN = "My cards and routines"
OWN_ROUTINES = "My routines"
HELP = "When to get help"
SETTINGS = "Settings…"
REPAIR = "Repair the log"
QUIT = "Quit"
SKIP = "Skip"
DONE = "I'm done"
MOVED = "Yes, I got up"
NOT_MOVED = "Not this time"
TIME_TO_MOVE = "Time to move your legs"
PAUSES: tuple[tuple[str, float | None], ...] = (
    ("30 minutes", 30 * 60.0),
    ("1 hour", 60 * 60.0),
    ("2 hours", 120 * 60.0),
    ("Until tomorrow", None),
)
"""The entries of the pause menu with their seconds; ``None`` means until tomorrow."""
