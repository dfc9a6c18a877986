"""The log in SQLite, the queries on it, and the spool of entries not yet written."""
