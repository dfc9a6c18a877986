"""Every setting: its range, its default, and how the settings file is read."""
