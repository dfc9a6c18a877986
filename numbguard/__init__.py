"""NumbGuard: movement breaks and a private numbness log for people who sit at a desk."""

__version__ = "1.0.0"

APP_ID = "org.numbguard.NumbGuard"
"""The id by which desktops know NumbGuard's windows, launcher, icon and notifications."""
