"""The running app: its start, the joining of its parts, its windows and its alarms."""
