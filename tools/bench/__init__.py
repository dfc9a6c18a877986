"""What NumbGuard costs, beside the least a tray icon in Python can cost; `python -m tools.bench`."""
