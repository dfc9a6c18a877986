"""Real desktops on a machine without a screen: `./dev desktops`.

`root` makes a Debian with the desktops in a folder that is kept; `machine` boots it under its own systemd, in name-
spaces of its own; `session` starts one desktop in it, `hands` point and look there, `lines` plays the main job, `table`
writes `docs/DESKTOPS.md`. Needs root. Nothing in there reaches the machine outside.
"""
