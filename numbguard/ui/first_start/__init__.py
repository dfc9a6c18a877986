"""The window of the first start, its three pages, and the arrow at the tray."""
