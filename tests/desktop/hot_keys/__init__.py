"""Hot keys on X11 for real, with a stand-in for the portal, and on Windows with a stand-in for its table."""
