"""Which window is opened by what, and how long it is kept."""
