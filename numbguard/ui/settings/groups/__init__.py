"""The groups of settings on the pages of the settings window."""
