"""Programs for developers that need nothing but Python: `./dev` calls them before there is a `.venv`."""
