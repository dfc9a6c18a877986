"""Communication between the command line and the running app: socket, requests, JSON documents."""
