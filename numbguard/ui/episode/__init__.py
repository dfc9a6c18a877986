"""The form of an episode, its leg map, and the advice after it."""
