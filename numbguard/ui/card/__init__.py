"""The break card's windows and pages."""
