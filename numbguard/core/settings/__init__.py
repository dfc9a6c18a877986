"""Every setting: its range, its default and how it is read."""
