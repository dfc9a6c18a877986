"""What the engine knows from one step to the next, how it counts time, and what of it outlives a restart."""
