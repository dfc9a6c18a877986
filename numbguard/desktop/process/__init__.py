"""This process, as the system sees it: its heap, the memory it has in use, and a fresh process in its place."""
