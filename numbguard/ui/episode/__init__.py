"""The episode form, its leg map, and the advice after it."""
