"""NumbGuard on the session bus."""
