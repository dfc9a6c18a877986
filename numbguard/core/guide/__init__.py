"""The guide: its sections by name, and its pages. Cards, advice and habits cite its sections."""
