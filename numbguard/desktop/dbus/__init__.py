"""D-Bus on the Qt event loop."""
