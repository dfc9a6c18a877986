"""`./dev windows`: NumbGuard under Wine, with Windows' own Python. See `tools.windows.__main__`."""
