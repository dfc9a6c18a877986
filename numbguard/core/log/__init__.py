"""The log's records, and the conclusions drawn from them: advice, habits, insights."""
