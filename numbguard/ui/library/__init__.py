"""The library of stretches: every card as a moving figure, to start, prefer or never see; and the person's own."""
