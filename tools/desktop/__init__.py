"""A virtual desktop with the app running in it; for the tour, the bench and the tests."""
