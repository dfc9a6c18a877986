"""The tray icon and its panel."""
