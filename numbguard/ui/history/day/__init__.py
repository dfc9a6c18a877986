"""One day of the history: its line of sitting, breaks and episodes, and its table."""
