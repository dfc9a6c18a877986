"""A day on a line: sitting, breaks and episodes, as the history and the panel show them."""
