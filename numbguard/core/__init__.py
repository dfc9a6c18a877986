"""The domain: it decides. Standard library only: no Qt, files or sockets; it reads no clock and starts no thread."""
