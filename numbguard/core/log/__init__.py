"""What the log records, and what can be concluded from it: advice, habits, insights."""
