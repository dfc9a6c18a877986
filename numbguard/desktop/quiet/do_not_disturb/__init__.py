"""The do-not-disturb switch of each desktop."""
