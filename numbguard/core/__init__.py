"""DECIDES. Standard library only: no Qt, no files, no sockets, reads no clock, starts no thread."""
