"""A D-Bus client on the Qt event loop."""
