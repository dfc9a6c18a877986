"""NumbGuard's service on the session bus, for scripts, extensions of desktops and home automation: docs/DBUS.md."""
