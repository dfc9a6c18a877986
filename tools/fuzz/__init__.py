"""`./dev fuzz [TARGET]`: feeds files and messages with odd values in them to each of NumbGuard's readers."""
