"""`./dev fuzz [TARGET]`: files and messages with odd values in them, given to each of NumbGuard's readers."""
