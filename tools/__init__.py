"""Programs for developers of NumbGuard; none of them is installed with it."""
