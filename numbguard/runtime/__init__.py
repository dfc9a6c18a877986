"""Inputs -> engine -> effects -> ports; the clocks; what a click does to the log. No Qt."""
