"""Queries on the log: the history's, the insights', the report's."""
