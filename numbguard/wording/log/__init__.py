"""What the log says in words: episodes, places, advice, habits, insights."""
