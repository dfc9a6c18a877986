"""Where windows open, how large they are, and the dialogs that choose a file."""
