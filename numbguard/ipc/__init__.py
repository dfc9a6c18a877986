"""How the command line and the running app talk: socket, requests, JSON documents."""
