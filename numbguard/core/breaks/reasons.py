"""Why nobody is to be disturbed, by id. Apart from the model, which whoever senses one of these need not load."""

from __future__ import annotations

# Others may be added by a sense; these have a meaning of their own.
HOURS, PAUSED, DND, FULLSCREEN, CALL = "hours", "paused", "dnd", "fullscreen", "call"
SHARING, PROGRAM = "sharing", "program"
