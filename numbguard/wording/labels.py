"""Labels of menus and buttons. Pure data, on any thread."""

from __future__ import annotations

from numbguard.wording.catalogue import N_

APP = "NumbGuard"
LOG = N_("Log numbness")
START = N_("Start a break")
START_DUE = N_("Start the break")
"""The same while a break is due."""
ROUTINE = N_("Start the daily routine")
PAUSE = N_("Pause")
NOT_TODAY = N_("Not today")
UNTIL_WORKDAY = N_("Until my next working day")
RESUME = N_("Resume")
STAND = N_("I'm standing")
SIT = N_("I'm sitting")
POSTURE = N_("Check my posture")
GONE = N_("It's gone")
ADD_DETAILS = N_("Add details")
ADD_TO_IT = N_("Add to that one")
ANOTHER_ONE = N_("It's a new one")
RELIEF = N_("Step-by-step relief")
UNDO = N_("Undo last entry")
HISTORY = N_("History")
INSIGHTS = N_("Insights and report")
STRETCHES = N_("Stretches")
OWN = N_("My cards and routines")
HELP = N_("When to get help")
SETTINGS = N_("Settings")
REPAIR = N_("Repair the log")
OPEN = N_("Open NumbGuard")
QUIT = N_("Quit")
SKIP = N_("Skip")
SHORT = N_("Just 20 seconds")
DONE = N_("I'm done")
MOVED = N_("Yes, I got up")
NOT_MOVED = N_("Not this time")
TIME_TO_MOVE = N_("Time to move your legs")
PAUSES: tuple[tuple[str, float | None], ...] = (
    (N_("30 minutes"), 30 * 60.0),
    (N_("1 hour"), 60 * 60.0),
    (N_("2 hours"), 120 * 60.0),
    (N_("Until tomorrow"), None),
)
"""The entries of the pause menu with their seconds; ``None`` means until tomorrow."""
