"""NumbGuard: movement breaks and a private numbness log for people who sit at a desk."""

__version__ = "0.1.0"
