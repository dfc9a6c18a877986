#!/bin/bash
# shellcheck disable=SC2012  # the only file of that kind
# session.sh NAME: one desktop of the user's, inside a PAM and logind session. Afterwards it runs, inside that session,
# each line that comes over the FIFO. Called by systemd-run; see tools/desktops/session.py.
NAME=$1 OUT=/desks/out/$1
mkdir -p "$OUT/log"
cd || exit 1
export LANG=C.UTF-8 XDG_SESSION_DESKTOP=$NAME PATH=/usr/local/bin:/usr/bin:/bin:/usr/games
export GSK_RENDERER=cairo LIBGL_ALWAYS_SOFTWARE=1 XDG_DATA_DIRS=/usr/local/share:/usr/share
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
bg() {
    local name=$1
    shift
    "$@" >"$OUT/log/$name.log" 2>&1 &
    echo $! >"$XDG_RUNTIME_DIR/$name.pid"
}
x11() {
    export DISPLAY=:7 XDG_SESSION_TYPE=x11
    bg xvfb Xvfb :7 -screen 0 1280x800x24 -nolisten tcp
    for _ in {1..100}; do
        xdpyinfo >/dev/null 2>&1 && break
        sleep .1
    done
}
tell() { dbus-update-activation-environment --systemd --all >/dev/null 2>&1; }

case $NAME in
sway)
    export XDG_SESSION_TYPE=wayland XDG_CURRENT_DESKTOP=sway
    export WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman
    tell
    mkdir -p ~/.config/sway
    printf 'output HEADLESS-1 resolution 1280x800\nbar {\n swaybar_command waybar\n}\n' >~/.config/sway/config
    bg sway sway -c ~/.config/sway/config
    for _ in {1..100}; do
        SWAYSOCK=$(ls "$XDG_RUNTIME_DIR"/sway-ipc.*.sock 2>/dev/null | tail -1)
        [ -n "$SWAYSOCK" ] && break
        sleep .1
    done
    export SWAYSOCK WAYLAND_DISPLAY=wayland-1
    tell
    bg pointer /opt/numbguard/bin/python /desks/inside/pointer.py
    bg notify mako
    ;;
mate)
    export XDG_CURRENT_DESKTOP=MATE
    x11
    tell
    bg settings mate-settings-daemon
    bg wm marco
    bg panel mate-panel
    bg notify /usr/lib/mate-notification-daemon/mate-notification-daemon
    bg saver mate-screensaver
    ;;
lxqt)
    export XDG_CURRENT_DESKTOP=LXQt XDG_CONFIG_DIRS=/etc/xdg:/usr/share
    x11
    tell
    bg wm openbox
    bg panel lxqt-panel
    bg notify lxqt-notificationd
    ;;
cinnamon)
    export XDG_CURRENT_DESKTOP=X-Cinnamon CLUTTER_BACKEND=x11
    x11
    tell
    bg session cinnamon-session --session cinnamon
    ;;
gnome)
    export XDG_SESSION_TYPE=wayland XDG_CURRENT_DESKTOP=GNOME GNOME_SHELL_SESSION_MODE=user
    tell
    bg gdm sudo python3 /desks/inside/gdm.py
    sleep 1
    bg pipewire pipewire
    bg wireplumber wireplumber
    bg pulse pipewire-pulse
    bg shell gnome-shell --headless --wayland --unsafe-mode --virtual-monitor 1280x800
    export WAYLAND_DISPLAY=wayland-0
    ;;
plasma)
    export XDG_CURRENT_DESKTOP=KDE KDE_FULL_SESSION=true KDE_SESSION_VERSION=5 QT_QUICK_BACKEND=software
    x11
    tell
    bg wm kwin_x11
    bg kded kded5
    bg ksmserver ksmserver
    bg panel plasmashell
    bg power /usr/lib/x86_64-linux-gnu/libexec/org_kde_powerdevil
    ;;
esac
rm -f "$XDG_RUNTIME_DIR/fifo"
mkfifo "$XDG_RUNTIME_DIR/fifo"
while true; do
    while read -r line; do
        bash -c "$line" </dev/null &
    done <"$XDG_RUNTIME_DIR/fifo"
done
