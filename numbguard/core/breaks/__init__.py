"""The break engine: sitting, breaks, posture tips, working hours, quiet."""
