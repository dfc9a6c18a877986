"""Chips, groups and folds of forms."""
