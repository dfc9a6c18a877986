"""SENSES AND ASKS the desktop: one folder a capability, one module a platform."""
