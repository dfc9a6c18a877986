"""Inputs -> engine -> effects -> ports; the clocks; how a click changes the log. No Qt."""
