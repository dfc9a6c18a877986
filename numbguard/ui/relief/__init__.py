"""Step-by-step relief."""
