"""Hands and eyes on each desktop: where its own buttons are, how its pointer moves, how it is switched.

`lines` uses the entry of the desktop that it plays. Places are pixels of a screen of 1280 × 800 with the desktop's
default theme, found in the pictures that the command takes; a line that misses its place fails, and its picture shows
why. An empty entry means that the desktop has no such thing, or that this way of running it has none; the reason is in
`NOT_THERE`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

START, ANNOUNCEMENT = "Start", "Time to move"
LOG_FROM_THE_MESSAGE, WITHOUT_A_TRAY = "Log numbness", "without a tray"
"""Words of NumbGuard's messages by which a hand finds them, where a desktop can be asked for what it shows."""
OTHER_REMINDERS = "GNOME's own break reminders are on"
LAUNCHER = "org.numbguard.NumbGuard.desktop"
AFTER_THE_CARD = "Did you get up? – NumbGuard"
"""The title of the window whose main button, in the lower right corner, is *Yes*."""


@dataclass(frozen=True)
class Hands:
    """How one desktop is used. Scripts run in its session; ``{0}`` and ``{1}`` stand for a place, or a file."""

    shot: str = "import -window root {0}"
    stir: str = "while sleep .4; do xdotool mousemove_relative -- 3 0; xdotool mousemove_relative -- -3 0; done"
    click: str = "xdotool mousemove {0} {1}; sleep .6; xdotool mousedown 1; sleep .2; xdotool mouseup 1"
    middle_click: str = "xdotool mousemove {0} {1}; sleep .3; xdotool click 2"
    log_key: str = "xdotool key alt+l"
    window: str = "xwininfo -name '{0}' | sed -n 's/.*\\(Absolute upper-left [XY]\\|Width\\|Height\\): *//p'"
    """Prints x, y, width and height of the window with the title."""
    ready: str = "busctl --user status org.kde.StatusNotifierWatcher"
    """Succeeds once the desktop's own parts are there."""
    second_start: str = "numbguard run"
    """Starts NumbGuard once more, as its icon does."""
    settled: str = "sleep 5"
    """Runs once, when they are."""
    start_button: tuple[int, int] = (0, 0)
    """*Start* of the announcement, where nothing else is shown."""
    shows_buttons: bool = True
    """Otherwise a click on the announcement itself is *Start*."""
    start_script: str | None = None
    """Presses it, where its place is asked for."""
    hover: str = ""
    """Puts the pointer onto the announcement at once, where it would otherwise go before its buttons are seen."""
    yes_button: tuple[int, int] | None = None
    """*Yes* of the card, where windows cannot be asked for their place."""
    tray_icon: tuple[int, int] = (0, 0)
    quiet_on: str = ""
    quiet_off: str = ""
    lock: str = ""
    unlock: str = "loginctl unlock-session $XDG_SESSION_ID"
    other_reminders: str = ""
    """Switches the desktop's own break reminders on."""
    restart_notifier: str = ""
    restart_tray: str = ""
    add_screen: str = ""
    remove_screen: str = ""
    """Empty where a screen can be added and not taken away."""
    screens: str = "xrandr --listactivemonitors | sed -n 's/Monitors: //p'"
    """Prints how many screens there are."""


def _restart(process: str, command: str) -> str:
    """Ends a process by a part of its command line, and starts it again unless the session manager has done so."""
    return (
        f"pkill -u $USER -f '{process}'; sleep 3; pgrep -u $USER -f '{process}' || "
        f"setsid {command} >$DESKS_OUT/log/again.log 2>&1 </dev/null &"
    )


def _setting(schema: str, key: str, value: str) -> str:
    return f"gsettings set {schema} {key} {value}"


_FIFO = "$XDG_RUNTIME_DIR/pointer"
_DUMMY_ON = "xrandr --addmode DUMMY1 1280x800 && xrandr --output DUMMY1 --mode 1280x800 --right-of DUMMY0"
_DUMMY_OFF = "xrandr --output DUMMY1 --off"
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
        shows_buttons=False,
        yes_button=(803, 481),
        tray_icon=(1261, 15),
        quiet_on="makoctl mode -s do-not-disturb || makoctl set-mode do-not-disturb",
        quiet_off="makoctl mode -s default || makoctl set-mode default",
        restart_notifier=_restart("^mako", "mako"),
        restart_tray=_restart("^waybar", "waybar"),
        add_screen="swaymsg create_output",
        screens="swaymsg -t get_outputs | grep -c '\"active\": true'",
    ),
    "mate": Hands(
        start_button=(1061, 120),
        tray_icon=(1128, 11),
        quiet_on=_setting("org.mate.NotificationDaemon", "do-not-disturb", "true"),
        quiet_off=_setting("org.mate.NotificationDaemon", "do-not-disturb", "false"),
        lock="mate-screensaver-command --lock",
        unlock="mate-screensaver-command --deactivate; loginctl unlock-session $XDG_SESSION_ID",
        restart_notifier=_restart(
            "/mate-notification-daemon$", "/usr/lib/mate-notification-daemon/mate-notification-daemon"
        ),
        restart_tray=_restart("^mate-panel", "mate-panel"),
        add_screen=_DUMMY_ON,
        remove_screen=_DUMMY_OFF,
    ),
    "lxqt": Hands(
        start_button=(1062, 726),
        tray_icon=(1130, 783),
        quiet_on=_LXQT.format("true"),
        quiet_off=_LXQT.format("false"),
        restart_notifier=_restart("lxqt-notificationd", "lxqt-notificationd"),
        restart_tray=_restart("lxqt-panel", "lxqt-panel"),
        add_screen=_DUMMY_ON,
        remove_screen=_DUMMY_OFF,
    ),
    "cinnamon": Hands(
        ready="busctl --user status org.Cinnamon",
        settled="sleep 10",
        start_button=(899, 90),
        yes_button=(1217, 728),
        tray_icon=(1131, 779),
        quiet_on=_setting("org.cinnamon.desktop.notifications", "display-notifications", "false"),
        quiet_off=_setting("org.cinnamon.desktop.notifications", "display-notifications", "true"),
        lock="cinnamon-screensaver-command --lock",
        unlock="cinnamon-screensaver-command --deactivate; loginctl unlock-session $XDG_SESSION_ID",
        add_screen=_DUMMY_ON,
        remove_screen=_DUMMY_OFF,
    ),
    "gnome": Hands(
        shot=_GNOME + " shot {0}",
        stir=f"while sleep 1; do {_GNOME} stir 3000; done",
        click=_GNOME + " move {0} {1} click left",
        log_key=_GNOME + " key alt+l",
        window=_GNOME_WINDOW,
        ready="busctl --user status org.gnome.Mutter.RemoteDesktop",
        # The Shell learns of a new launcher a moment after it has been installed.
        second_start=f"for i in $(seq 60); do {_GNOME} eval "
        f""""Shell.AppSystem.get_default().lookup_app('{LAUNCHER}').open_new_window(-1)" && break; sleep .5; done""",
        settled=f"sleep 5; {_GNOME} key escape",
        hover=f"{_GNOME} at '{ANNOUNCEMENT}' wait 1",
        start_script=f"{_GNOME} at {START} click left",
        quiet_on=_setting("org.gnome.desktop.notifications", "show-banners", "false"),
        quiet_off=_setting("org.gnome.desktop.notifications", "show-banners", "true"),
        lock="loginctl lock-session $XDG_SESSION_ID",
        add_screen="setsid python3 /desks/inside/screen.py </dev/null >$DESKS_OUT/log/screen.log 2>&1 & "
        "echo $! >/tmp/screen.pid",
        remove_screen="kill -- -$(cat /tmp/screen.pid)",
        screens=_GNOME + " eval 'Main.layoutManager.monitors.length'",
    ),
    "plasma": Hands(
        settled="sleep 10",
        start_button=(1064, 700),
        yes_button=(1218, 717),
        tray_icon=(1063, 778),
        quiet_on="setsid python3 /desks/inside/inhibit.py 600 </dev/null >/dev/null 2>&1 & echo $! >/tmp/inhibit.pid",
        quiet_off="kill $(cat /tmp/inhibit.pid)",
        lock="loginctl lock-session $XDG_SESSION_ID",
        restart_tray=_restart("plasmashell", "plasmashell"),
        add_screen=_DUMMY_ON,
        remove_screen=_DUMMY_OFF,
    ),
}

OF_DESKTOP["plasma-wayland"] = replace(
    OF_DESKTOP["plasma"],
    shot="python3 /desks/inside/kwin.py {0}",
    stir=OF_DESKTOP["sway"].stir,
    click=OF_DESKTOP["sway"].click,
    middle_click=OF_DESKTOP["sway"].middle_click,
    log_key=f"echo key 56 38 >{_FIFO}",
    yes_button=None,
    # NumbGuard draws by XWayland there, and so its windows can be asked for their place.
    settled="kscreen-doctor output.2.disable; sleep 10",
    add_screen="kscreen-doctor output.2.enable output.2.position.1280,0",
    remove_screen="kscreen-doctor output.2.disable",
    screens="kscreen-doctor -o | grep -c enabled",
)
OF_DESKTOP["plasma-6"] = replace(
    OF_DESKTOP["plasma-wayland"],
    shot="DISPLAY=:7 import -window root {0}",
    start_button=(1075, 688),
    yes_button=(566, 250),
    tray_icon=(1105, 772),
    # The later output's window is above the first one's.
    settled=f"export DISPLAY=:7; {_DUMMY_ON}; xdotool windowmove $(xwininfo -root -tree | "
    "sed -n 's/^ *\\(0x[0-9a-f]*\\) .KDE Wayland.*/\\1/p' | head -1) 1280 0; "
    "kscreen-doctor output.2.disable; sleep 10",
)
OF_DESKTOP["gnome-48"] = replace(
    OF_DESKTOP["gnome"],
    other_reminders="gsettings set org.gnome.desktop.break-reminders selected-breaks \"['movement']\"",
)

_NO_LOCK = "no lock screen is installed with it"
_NO_REMINDERS = "it has no break reminders of its own"
_THE_SHELL = "the shell shows them: see the tray"
NOT_THERE = {
    ("sway", "lock"): _NO_LOCK,
    ("lxqt", "lock"): _NO_LOCK,
    ("cinnamon", "begins again while away"): "its tray takes the icon as a window (XEmbed), which would move",
    ("cinnamon", "notifications restarted"): "the shell shows them",
    ("cinnamon", "tray restarted"): "the shell has it",
    ("plasma", "notifications restarted"): _THE_SHELL,
    ("plasma-wayland", "notifications restarted"): _THE_SHELL,
    ("plasma-6", "notifications restarted"): _THE_SHELL,
    ("plasma-wayland", "full screen"): "KWin shows no program the windows under Wayland",
    ("plasma-6", "full screen"): "KWin shows no program the windows under Wayland",
}
for _gnome in ("gnome", "gnome-48"):
    NOT_THERE |= {
        (_gnome, "tray"): "GNOME as it comes has no tray",
        (_gnome, "begins again while away"): "it begins again beside a tray alone",
        (
            _gnome,
            "full screen",
        ): "GNOME hides windows under Wayland; a film in a player inhibits, a window does not",
        (_gnome, "notifications restarted"): "the shell shows them, and a Wayland session ends with it",
        (_gnome, "tray restarted"): "GNOME as it comes has no tray",
    }
NOT_THERE |= {(name, "its own reminders"): _NO_REMINDERS for name in OF_DESKTOP if name != "gnome-48"}
NOT_THERE |= {(name, "without a tray"): "it has a tray" for name in OF_DESKTOP if not name.startswith("gnome")}
"""What no run here can show, by desktop and line, with the reason; known before the run."""
