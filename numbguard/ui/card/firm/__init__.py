"""The firm style: a window over the screen that keeps the keyboard, and how to leave it."""
