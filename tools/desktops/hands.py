"""Hands and eyes on each desktop: where its own buttons are, how its pointer moves, how it is switched.

`lines` uses the entry of the desktop that it plays. Places are pixels of a screen of 1280 × 800 with the desktop's
default theme, found in the pictures that the command takes; a line that misses its place fails, and its picture shows
why. ``None`` means that the desktop has no such thing, or that this way of running it has none; the reason is in
`NOT_THERE`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hands:
    """How one desktop is used. Scripts run in its session; ``{0}`` and ``{1}`` stand for a place, or a file."""

    shot: str = "import -window root {0}"
    stir: str = "while sleep .4; do xdotool mousemove_relative -- 3 0; xdotool mousemove_relative -- -3 0; done"
    click: str = "xdotool mousemove {0} {1}; sleep .6; xdotool mousedown 1; sleep .2; xdotool mouseup 1"
    middle_click: str = "xdotool mousemove {0} {1}; sleep .3; xdotool click 2"
    log_key: str = "xdotool key alt+l"
    window: str = "xwininfo -name {0} | sed -n 's/.*\\(Absolute upper-left [XY]\\|Width\\|Height\\): *//p'"
    """Prints x, y, width and height of the window with the title."""
    settled: str = "sleep 8"
    """Runs once, when the session has started."""
    start_button: tuple[int, int] | None = None
    """*Start* of the announcement, where nothing else is shown."""
    start_script: str | None = None
    """Presses it, where its place is asked for."""
    hover: str = ""
    """Puts the pointer onto the announcement at once, where it would otherwise go before its buttons are seen."""
    yes_button: tuple[int, int] | None = None
    """*Yes* of the card, where windows cannot be asked for their place."""
    tray_icon: tuple[int, int] | None = None
    quiet_on: str = ""
    quiet_off: str = ""
    lock: str = ""
    unlock: str = "loginctl unlock-session $XDG_SESSION_ID"
    restart_notifier: str = ""
    restart_tray: str = ""
    add_screen: str = ""
    remove_screen: str = ""


def _restart(name: str, command: str) -> str:
    log = f"/desks/out/$XDG_SESSION_DESKTOP/log/{name}-again.log"
    return (
        f"kill $(cat $XDG_RUNTIME_DIR/{name}.pid); sleep 2; setsid {command} >{log} 2>&1 </dev/null & "
        f"echo $! >$XDG_RUNTIME_DIR/{name}.pid"
    )


def _setting(schema: str, key: str, value: str) -> str:
    return f"gsettings set {schema} {key} {value}"


_FIFO = "$XDG_RUNTIME_DIR/pointer"
_LXQT = "mkdir -p ~/.config/lxqt; printf '[General]\\ndoNotDisturb={}\\n' >~/.config/lxqt/notifications.conf"
_GNOME = "python3 /desks/inside/gnome.py"
_GNOME_WINDOW = (
    _GNOME
    + """ eval "(function () {{ const w = global.get_window_actors().map(a => a.meta_window)"""
    + """.find(w => w.title === '{0}'); const r = w.get_frame_rect();"""
    + """ return [r.x, r.y, r.width, r.height].join(' '); }})()" | tr -d '\\"' | tr ' ' '\\n'"""
)

OF_DESKTOP = {
    "sway": Hands(
        shot="grim {0}",
        stir=f"while sleep .4; do echo by 3 0 >{_FIFO}; sleep .1; echo by -3 0 >{_FIFO}; done",
        click=f"echo to {{0}} {{1}} >{_FIFO}; sleep .4; echo click 272 >{_FIFO}",
        middle_click=f"echo to {{0}} {{1}} >{_FIFO}; sleep .4; echo click 274 >{_FIFO}",
        log_key="wtype -s 800 -M alt -k l -m alt",
        start_button=(1117, 79),
        yes_button=(803, 481),
        tray_icon=(1261, 15),
        quiet_on="makoctl mode -s do-not-disturb || makoctl set-mode do-not-disturb",
        quiet_off="makoctl mode -s default || makoctl set-mode default",
        restart_notifier=_restart("notify", "mako"),
        restart_tray="pkill -x -u desk waybar; sleep 2; setsid waybar >/dev/null 2>&1 </dev/null &",
        add_screen="swaymsg create_output",
        remove_screen="swaymsg output HEADLESS-2 disable",
    ),
    "mate": Hands(
        start_button=(1061, 120),
        tray_icon=(1128, 11),
        quiet_on=_setting("org.mate.NotificationDaemon", "do-not-disturb", "true"),
        quiet_off=_setting("org.mate.NotificationDaemon", "do-not-disturb", "false"),
        lock="mate-screensaver-command --lock",
        unlock="mate-screensaver-command --deactivate; loginctl unlock-session $XDG_SESSION_ID",
        restart_notifier=_restart("notify", "/usr/lib/mate-notification-daemon/mate-notification-daemon"),
        restart_tray=_restart("panel", "mate-panel"),
    ),
    "lxqt": Hands(
        start_button=(1033, 722),
        tray_icon=(1130, 783),
        quiet_on=_LXQT.format("true"),
        quiet_off=_LXQT.format("false"),
        restart_notifier=_restart("notify", "lxqt-notificationd"),
        restart_tray=_restart("panel", "lxqt-panel"),
    ),
    "cinnamon": Hands(
        settled="sleep 15",
        start_button=(899, 90),
        yes_button=(1217, 728),
        tray_icon=(1131, 779),
        quiet_on=_setting("org.cinnamon.desktop.notifications", "display-notifications", "false"),
        quiet_off=_setting("org.cinnamon.desktop.notifications", "display-notifications", "true"),
        lock="cinnamon-screensaver-command --lock",
        unlock="cinnamon-screensaver-command --deactivate; loginctl unlock-session $XDG_SESSION_ID",
    ),
    "gnome": Hands(
        shot=_GNOME + " shot {0}",
        stir=f"while sleep 1; do {_GNOME} stir 3000; done",
        click=_GNOME + " move {0} {1} click left",
        log_key=_GNOME + " key alt+l",
        window=_GNOME_WINDOW,
        settled=f"sleep 8; {_GNOME} key escape",
        hover=f"{_GNOME} at 'Time to move' wait 1",
        start_script=f"{_GNOME} at Start click left",
        quiet_on=_setting("org.gnome.desktop.notifications", "show-banners", "false"),
        quiet_off=_setting("org.gnome.desktop.notifications", "show-banners", "true"),
        lock="loginctl lock-session $XDG_SESSION_ID",
    ),
    "plasma": Hands(
        settled="sleep 15",
        start_button=(1064, 700),
        yes_button=(1218, 717),
        tray_icon=(1063, 778),
        quiet_on="setsid python3 /desks/inside/inhibit.py 600 </dev/null >/dev/null 2>&1 & echo $! >/tmp/inhibit.pid",
        quiet_off="kill $(cat /tmp/inhibit.pid)",
        lock="loginctl lock-session $XDG_SESSION_ID",
        restart_tray=_restart("panel", "plasmashell"),
    ),
}

_ONE_SCREEN = "Xvfb has one screen"
_NO_LOCK = "no lock screen is installed with it"
NOT_THERE = {
    ("sway", "lock"): _NO_LOCK,
    ("lxqt", "lock"): _NO_LOCK,
    ("mate", "second screen"): _ONE_SCREEN,
    ("lxqt", "second screen"): _ONE_SCREEN,
    ("cinnamon", "second screen"): _ONE_SCREEN,
    ("plasma", "second screen"): _ONE_SCREEN,
    ("gnome", "second screen"): "a headless Mutter gets its screens when it starts",
    ("gnome", "tray"): "GNOME as it comes has no tray",
    ("gnome", "full screen"): "GNOME hides the windows under Wayland; a film in a player inhibits, a window does not",
    ("gnome", "notifications restarted"): "the shell shows them, and a Wayland session ends with it",
    ("gnome", "tray restarted"): "GNOME as it comes has no tray",
    ("cinnamon", "notifications restarted"): "the shell shows them",
    ("cinnamon", "tray restarted"): "the shell has it",
    ("plasma", "notifications restarted"): "the shell shows them: see the tray",
}
"""What no run here can show, by desktop and line, with the reason; known before the run."""
