"""Hands and eyes on GNOME Shell, within its session: pointer and keys by Mutter, pictures by the Shell.

    gnome.py eval JAVASCRIPT | shot FILE | sees TEXT | lists TEXT | move X Y | click [BUTTON] | at TEXT |
             dash NAME | key NAME | stir S | wait S …

``at`` moves the pointer onto the button or label that shows the text, ``dash`` onto the icon of the app with that name
in the dash; they and ``sees`` fail where there is none. ``lists`` waits a minute for a notification with that title,
which may have no banner: GNOME shows none of a program whose window has the focus.
``eval`` needs gnome-shell --unsafe-mode.
"""

import json
import sys
import time
from typing import Any

from gi.repository import Gio, GLib

SHELL = ("org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell")
CAMERA = ("org.gnome.Shell.Screenshot", "/org/gnome/Shell/Screenshot", "org.gnome.Shell.Screenshot")
REMOTE = "org.gnome.Mutter.RemoteDesktop"
BUTTONS = {"left": 0x110, "right": 0x111, "middle": 0x112}
KEYS = {"escape": 0xFF1B, "enter": 0xFF0D, "super": 0xFFEB, "l": 0x6C, "alt": 0xFFE9, "shift": 0xFFE1}

TITLES = "Main.messageTray.getSources().flatMap(source => source.notifications.map(one => one.title))"
IN_DASH = """
(function () {
    const icon = Main.overview.dash._box.get_children().map(one => one.child && one.child._delegate)
        .find(one => one && one.app && one.app.get_name() === %s);
    if (!icon)
        return [];
    const [x, y] = icon.get_transformed_position(), [w, h] = icon.get_transformed_size();
    return [[x + w / 2, y + h / 2]];
})()
"""
FIND = """
(function () {
    const hits = [];
    function walk(actor) {
        if (!actor.visible || !actor.mapped)
            return;
        const text = actor.text || actor.label || '';
        if (typeof text === 'string' && text.includes(%s)) {
            const [x, y] = actor.get_transformed_position(), [w, h] = actor.get_transformed_size();
            if (w > 0 && x + w / 2 > 0 && y + h / 2 > 0 && x < 1280 && y < 800)
                hits.push([x + w / 2, y + h / 2]);
        }
        actor.get_children().forEach(walk);
    }
    walk(global.stage);
    return hits;
})()
"""
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(where: tuple[str, str, str], member: str, signature: str = "", arguments: tuple[object, ...] = ()) -> Any:
    body = GLib.Variant(signature, arguments) if signature else None
    return bus.call_sync(*where, member, body, None, Gio.DBusCallFlags.NONE, 20_000, None).unpack()


def evaluate(script: str) -> Any:
    done, out = call(SHELL, "Eval", "(s)", (script,))
    if not done:
        sys.exit(f"eval failed: {out}")
    return json.loads(out) if out else None


class Hands:
    def __init__(self) -> None:
        (self._path,) = call((REMOTE, "/org/gnome/Mutter/RemoteDesktop", REMOTE), "CreateSession")
        self._do("Start")
        self._has_keyboard = False
        time.sleep(0.3)

    def _do(self, member: str, signature: str = "", arguments: tuple[object, ...] = ()) -> None:
        call((REMOTE, self._path, f"{REMOTE}.Session"), member, signature, arguments)

    def move(self, x: float, y: float) -> None:
        here = evaluate("global.get_pointer().slice(0, 2)")
        self.by(x - here[0], y - here[1])
        time.sleep(0.4)

    def by(self, x: float, y: float) -> None:
        self._do("NotifyPointerMotionRelative", "(dd)", (x, y))

    def click(self, button: str) -> None:
        for pressed in (True, False):
            self._do("NotifyPointerButton", "(ib)", (BUTTONS[button], pressed))
            time.sleep(0.1)

    def key(self, names: str) -> None:
        if not self._has_keyboard:
            # GNOME Shell 48 makes the keyboard at the first key, which the program in front then does not get.
            self._has_keyboard = True
            self.key("shift")
            time.sleep(0.5)
        keys = [KEYS[name] for name in names.split("+")]
        for order, pressed in ((keys, True), (reversed(keys), False)):
            for key in order:
                self._do("NotifyKeyboardKeysym", "(ub)", (key, pressed))
                time.sleep(0.05)


def find(script: str, text: str) -> Any:
    found = evaluate(script % json.dumps(text, ensure_ascii=False))
    if not found:
        sys.exit(f"nothing shows {text!r}")
    return found[-1]


def look(verb: str, words: list[str]) -> None:
    if verb == "eval":
        print(json.dumps(evaluate(words.pop(0))))
    elif verb == "sees":
        find(FIND, words.pop(0))
    elif verb == "lists":
        text, until = words.pop(0), time.monotonic() + 60
        while text not in evaluate(TITLES):
            if time.monotonic() > until:
                sys.exit(f"nothing is called {text!r}")
            time.sleep(0.2)
    elif verb == "shot":
        call(CAMERA, "Screenshot", "(bbs)", (True, False, words.pop(0)))
    else:
        time.sleep(float(words.pop(0)))


def main(words: list[str]) -> None:
    hands: Hands | None = None
    while words:
        verb = words.pop(0)
        if verb in ("eval", "shot", "sees", "lists", "wait"):
            look(verb, words)
            continue
        hands = hands or Hands()
        if verb == "move":
            hands.move(float(words.pop(0)), float(words.pop(0)))
        elif verb == "click":
            hands.click(words.pop(0) if words and words[0] in BUTTONS else "left")
        elif verb in ("at", "dash"):
            hands.move(*find(FIND if verb == "at" else IN_DASH, words.pop(0)))
        elif verb == "key":
            hands.key(words.pop(0))
        elif verb == "stir":
            until = time.monotonic() + float(words.pop(0))
            while time.monotonic() < until:
                for step in (4.0, -4.0):
                    hands.by(step, 0.0)
                    time.sleep(0.3)


main(sys.argv[1:])
