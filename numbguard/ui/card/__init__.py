"""The break card on screen."""
