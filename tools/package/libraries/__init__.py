"""Which libraries a package contains, and which it needs of the system."""
