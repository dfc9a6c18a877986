"""Measures what NumbGuard costs, beside the least that a tray icon in Python can cost; `python -m tools.bench`."""
