"""What to do about an episode: how urgent it is, what to ask, which steps and cards suit the leg."""
