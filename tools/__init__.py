"""Programs for those who work on NumbGuard: none of them is part of what is installed."""
