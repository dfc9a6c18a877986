"""The log in SQLite: tables, rows, journal, and a room each for its queries, its recovery and the spool."""
