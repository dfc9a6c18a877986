"""Sources for the do-not-disturb switch of each desktop."""
