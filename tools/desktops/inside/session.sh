#!/bin/bash
# shellcheck disable=SC2012  # the only file of that kind
# session.sh NAME: one desktop of the user's, inside a PAM and logind session, started by its own session manager.
# Afterwards it runs, inside that session, each line that comes over the FIFO. Called by systemd-run; see
# tools/desktops/session.py.
NAME=$1 OUT=/desks/out/$1
mkdir -p "$OUT/log"
cd || exit 1
export LANG=C.UTF-8 XDG_SESSION_DESKTOP=${NAME%%-*} DESKTOP_SESSION=${NAME%%-*}
export PATH=/usr/local/bin:/usr/bin:/bin:/usr/games XDG_DATA_DIRS=/usr/local/share:/usr/share
export GSK_RENDERER=cairo LIBGL_ALWAYS_SOFTWARE=1 DESKS_OUT=$OUT
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
bg() {
    local name=$1
    shift
    setsid "$@" >"$OUT/log/$name.log" 2>&1 </dev/null &
}
tell() { dbus-update-activation-environment --systemd --all >/dev/null 2>&1; }
# appears FILE: waits until something has made it, a minute at most.
appears() {
    for _ in {1..600}; do
        [ -e "$1" ] && break
        sleep .1
    done
}
# Xorg with memory for a screen, and outputs that can be added and taken away. It wants a console and gets a dummy.
xorg() {
    sudo sh -c 'for tty in /dev/tty0 /dev/tty7; do [ -e $tty ] || { : >$tty; mount --bind /dev/null $tty; }; done'
    rm -f /tmp/.X7-lock /tmp/.X11-unix/X7
    bg xorg /usr/lib/xorg/Xorg :7 -config /desks/inside/xorg.conf -logfile "$OUT/log/Xorg.log" -noreset -novtswitch \
        -sharevts -keeptty vt7 -nolisten tcp
    for _ in {1..600}; do
        xdpyinfo -display :7 >/dev/null 2>&1 && break
        sleep .1
    done
}
x11() {
    export DISPLAY=:7 XDG_SESSION_TYPE=x11
    xorg
    tell
}
# What Plasma tells the programs that it starts.
as_plasma_tells() {
    for _ in {1..600}; do
        systemctl --user show-environment | grep -q '^KDE_SESSION_VERSION=' &&
            systemctl --user show-environment | grep -q '^DISPLAY=' && break
        sleep .1
    done
    # shellcheck disable=SC2046  # none of these values has a space
    export $(systemctl --user show-environment | grep -E '^(DISPLAY|XAUTHORITY|KDE_[A-Z_]*)=')
}
# in_place_of UNIT COMMAND: the session manager starts the compositor without a screen of glass.
in_place_of() {
    mkdir -p "$HOME/.config/systemd/user/$1.d"
    printf '[Service]\nExecStart=\nExecStart=%s\n' "$2" >"$HOME/.config/systemd/user/$1.d/headless.conf"
    systemctl --user daemon-reload
}

case $NAME in
sway)
    export XDG_SESSION_TYPE=wayland XDG_CURRENT_DESKTOP=sway
    export WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman
    tell
    mkdir -p ~/.config/sway
    cat >~/.config/sway/config <<'END'
output HEADLESS-1 resolution 1280x800
bar {
 swaybar_command waybar
}
exec mako
exec numbguard run --minimised
END
    bg session sway -c ~/.config/sway/config
    for _ in {1..600}; do
        SWAYSOCK=$(ls "$XDG_RUNTIME_DIR"/sway-ipc.*.sock 2>/dev/null | tail -1)
        [ -n "$SWAYSOCK" ] && break
        sleep .1
    done
    export SWAYSOCK WAYLAND_DISPLAY=wayland-1
    tell
    bg pointer /opt/numbguard/bin/python /desks/inside/pointer.py
    ;;
mate)
    export XDG_CURRENT_DESKTOP=MATE
    x11
    bg session mate-session
    ;;
lxqt)
    export XDG_CURRENT_DESKTOP=LXQt XDG_CONFIG_DIRS=/etc/xdg:/usr/share
    mkdir -p ~/.config/lxqt
    printf '[General]\nwindow_manager=openbox\n' >~/.config/lxqt/session.conf
    x11
    bg session lxqt-session
    ;;
cinnamon)
    export XDG_CURRENT_DESKTOP=X-Cinnamon CLUTTER_BACKEND=x11
    x11
    bg session cinnamon-session --session cinnamon
    ;;
gnome | gnome-48)
    export XDG_SESSION_TYPE=wayland XDG_CURRENT_DESKTOP=GNOME GNOME_SHELL_SESSION_MODE=user
    tell
    bg gdm sudo python3 /desks/inside/gdm.py
    # What Debian's package gnome-session has beside the programs, without the file manager that it depends on.
    mkdir -p ~/.config/gnome-session/sessions ~/.config/systemd/user/gnome-session@gnome.target.d
    printf '[GNOME Session]\nName=GNOME\nRequiredComponents=org.gnome.Shell;\n' \
        >~/.config/gnome-session/sessions/gnome.session
    printf '[Unit]\nRequires=org.gnome.Shell.target\n' \
        >~/.config/systemd/user/gnome-session@gnome.target.d/session.conf
    in_place_of org.gnome.Shell@wayland.service \
        "/usr/bin/gnome-shell --headless --wayland --unsafe-mode --virtual-monitor 1280x800"
    bg session gnome-session --session=gnome
    export WAYLAND_DISPLAY=wayland-0
    appears "$XDG_RUNTIME_DIR/wayland-0"
    ;;
plasma)
    export XDG_CURRENT_DESKTOP=KDE QT_QUICK_BACKEND=software
    mkdir -p ~/.config
    printf '[KSplash]\nEngine=none\n' >~/.config/ksplashrc
    x11
    bg session startplasma-x11
    as_plasma_tells
    ;;
plasma-wayland | plasma-6)
    export XDG_SESSION_TYPE=wayland XDG_CURRENT_DESKTOP=KDE QT_QUICK_BACKEND=software
    # Without these, KWin takes pictures, and takes a pointer, only from programs that an administrator has installed.
    export KWIN_WAYLAND_NO_PERMISSION_CHECKS=1 KWIN_SCREENSHOT_NO_PERMISSION_CHECKS=1
    mkdir -p ~/.config
    printf '[KSplash]\nEngine=none\n' >~/.config/ksplashrc
    tell
    screen=--virtual
    if [ "$NAME" = plasma-6 ]; then
        # Without a graphics card, KWin 6 takes no pictures of itself: its outputs are windows of an X server.
        xorg
        screen="--x11-display :7"
    fi
    in_place_of plasma-kwin_wayland.service \
        "/usr/bin/kwin_wayland_wrapper $screen --output-count 2 --width 1280 --height 800 --xwayland"
    bg session startplasma-wayland
    export WAYLAND_DISPLAY=wayland-0
    appears "$XDG_RUNTIME_DIR/wayland-0"
    as_plasma_tells
    bg pointer /opt/numbguard/bin/python /desks/inside/pointer.py
    ;;
esac
rm -f "$XDG_RUNTIME_DIR/fifo"
mkfifo "$XDG_RUNTIME_DIR/fifo"
while true; do
    while read -r line; do
        bash -c "$line" </dev/null &
    done <"$XDG_RUNTIME_DIR/fifo"
done
