"""Virtual desktops that run the app, for the tour, the bench and the tests."""
