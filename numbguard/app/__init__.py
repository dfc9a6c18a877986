"""The running app: starts, joins the parts, opens windows and rings the alarms."""
