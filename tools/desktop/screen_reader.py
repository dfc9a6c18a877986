"""Reads and works an app's windows as a screen reader does: over AT-SPI, on the accessibility bus of a virtual desktop.

`tools.controls` and the end-to-end tests call it on their own thread. A `ScreenReader` sees what the toolkit says of
each control, its role, its name and its states, and acts only by the interfaces that the control offers; it moves no
pointer and presses no key. The interfaces are described in at-spi2-core's `xml/` folder; the numbers of roles and
states are those of `atspi-constants.h`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields

from tools.desktop.app_process import PATIENCE_S, WaitError, wait_until
from tools.desktop.session_bus import call

A11Y_BUS: Final = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")

_ROOT: Final = "/org/a11y/atspi/accessible/root"
_REGISTRY: Final = "org.a11y.atspi.Registry"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_ACTION: Final = "org.a11y.atspi.Action"
_EDITABLE: Final = "org.a11y.atspi.EditableText"
_TEXT: Final = "org.a11y.atspi.Text"
_VALUE: Final = "org.a11y.atspi.Value"
_SELECTION: Final = "org.a11y.atspi.Selection"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"

_STATES: Final = {
    1: "active", 4: "checked", 7: "editable", 8: "enabled", 9: "expandable", 10: "expanded", 11: "focusable",
    12: "focused", 16: "modal", 20: "pressed", 22: "selectable", 23: "selected", 24: "sensitive", 25: "showing",
    30: "visible", 36: "invalid entry", 41: "checkable", 42: "has popup", 43: "read-only",
}  # fmt: skip
"""The states that are of use here, by their numbers; the others are left out."""


_ROLES: Final = {"alert message": "alert", "graphic": "image", "spin box": "spin button"}
"""The names of roles that Qt words otherwise than AT-SPI's own library does."""


class _Place(NamedTuple):
    bus_name: str
    path: str


@dataclass(frozen=True)
class Control:
    """One object of an app's accessible tree, as it was when it was read."""

    place: _Place
    role: str
    name: str
    description: str
    states: frozenset[str]
    interfaces: frozenset[str]
    depth: int
    parent: Control | None

    @property
    def showing(self) -> bool:
        return "showing" in self.states

    @property
    def acts(self) -> bool:
        """Whether somebody can do something with it: it takes the keyboard focus, or is an entry of a menu."""
        return "focusable" in self.states or self.role in {"menu item", "check menu item", "radio menu item"}

    def inside(self, role: str, name: str = "") -> bool:
        """Whether an ancestor has this role, and this name if one is given."""
        above = self.parent
        while above is not None:
            if above.role == role and name in ("", above.name):
                return True
            above = above.parent
        return False

    @property
    def window(self) -> Control:
        """The top-level window that it is in."""
        return self if self.parent is None else self.parent.window

    def __str__(self) -> str:
        states = " ".join(sorted(self.states - {"enabled", "sensitive", "showing", "visible"}))
        return f"{'  ' * self.depth}{self.role}: {self.name!r} ({states})"


class ScreenReader:
    """One client of the accessibility bus; use it in a `with` block."""

    def __init__(self, session_bus: str, pid: int) -> None:
        """`pid`: the process of the app to read. Raises what a call on a bus without that service raises."""
        self._connection: DBusConnection = open_dbus_connection(call(session_bus, A11Y_BUS, "GetAddress"))
        self._pid = pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # Reading

    def windows(self) -> list[Control]:
        """The app's top-level windows that are shown."""
        app = self._app()
        if app is None:
            return []
        (places,) = self._ask([(app, _ACCESSIBLE, "GetChildren", "", ())])
        controls = self._read([_Place(*place) for place in places or ()], 0, [None] * len(places or ()))
        return [control for control in controls if control.showing]

    def walk(self, window: Control) -> list[Control]:
        """A window and all that is shown in it, in the order of the tree."""
        below: dict[_Place, list[Control]] = {}
        level = [window]
        while level:
            answers = self._ask([(one.place, _ACCESSIBLE, "GetChildren", "", ()) for one in level])
            places: list[_Place] = []
            parents: list[Control] = []
            for parent, children in zip(level, answers, strict=True):
                places += [_Place(*child) for child in children or ()]
                parents += [parent] * len(children or ())
            found = self._read(places, level[0].depth + 1, parents)
            level = [control for control in found if "visible" in control.states or control.showing]
            for control in level:
                assert control.parent is not None
                below.setdefault(control.parent.place, []).append(control)

        def in_order(control: Control) -> Iterator[Control]:
            yield control
            for child in below.get(control.place, ()):
                yield from in_order(child)

        return list(in_order(window))

    def everything(self) -> list[Control]:
        """All windows and all that is shown in them."""
        return [control for window in self.windows() for control in self.walk(window)]

    def find(
        self,
        role: str,
        name: str = "",
        *,
        within: str = "",
        where: Callable[[Control], bool] = lambda _control: True,
        timeout: float = PATIENCE_S,
    ) -> Control:
        """Wait for a control with this role whose name begins with `name`, and return it; raises `WaitError`.

        `within`: how the name of its window begins. `where`: what else must be true of it.
        """
        seen: list[Control] = []

        def look() -> Control | None:
            seen[:] = [
                control for window in self.windows() if window.name.startswith(within) for control in self.walk(window)
            ]
            return next((one for one in seen if one.role == role and one.name.startswith(name) and where(one)), None)

        found = wait_until(
            look, timeout, every=0.2,
            what=lambda: f"a {role} {name!r} in {within!r}; there was\n" + "\n".join(map(str, seen)),
        )  # fmt: skip
        assert found is not None
        return found

    def is_shown(self, window: str) -> bool:
        """Whether a window whose name begins like this is shown."""
        return any(one.name.startswith(window) for one in self.windows())

    def settle(self, window: Control, timeout: float = PATIENCE_S) -> None:
        """Wait until two readings of a window in a row are the same: what it reads in the background has come."""
        seen: list[list[tuple[str, str]]] = [[]]

        def is_still() -> bool:
            now = [(one.role, one.name) for one in self.walk(window)]
            was, seen[0] = seen[0], now
            return was == now

        wait_until(is_still, timeout, every=0.2, what=f"{window} to come to rest")

    def text_of(self, control: Control) -> str:
        """The text of a control with the interface `Text`."""
        (text,) = self._ask([(control.place, _TEXT, "GetText", "ii", (0, -1))])
        return str(text)

    def actions_of(self, control: Control) -> list[str]:
        """The names of a control's actions, in the order in which it counts them."""
        (actions,) = self._ask([(control.place, _ACTION, "GetActions", "", ())])
        return [str(action[0]) for action in actions or ()]

    # Acting

    def do(self, control: Control, action: str = "") -> None:
        """Do an action of a control; its first if none is named. Raises `WaitError` if the control has no such one."""
        has = self.actions_of(control)
        if not has or (action and action not in has):
            raise WaitError(f"{control} has no action {action!r}; it has {has}")
        self._ask([(control.place, _ACTION, "DoAction", "i", (has.index(action) if action else 0,))])

    def press(self, role: str, name: str, *, within: str = "", **wishes: Any) -> Control:
        """Wait for a control, do its first action, and return it as it was before."""
        control = self.find(role, name, within=within, **wishes)
        self.do(control)
        return control

    def write(self, control: Control, words: str) -> None:
        """Replace the contents of a field."""
        self._ask([(control.place, _EDITABLE, "SetTextContents", "s", (words,))])

    def set_value(self, control: Control, value: float) -> None:
        """Set a control that has a number, such as a spin button."""
        self._ask([(control.place, _PROPERTIES, "Set", "ssv", (_VALUE, "CurrentValue", ("d", value)))])

    def value_of(self, control: Control) -> float:
        (value,) = self._ask([(control.place, _PROPERTIES, "Get", "ss", (_VALUE, "CurrentValue"))])
        return float(value[1])

    def select(self, parent: Control, index: int) -> None:
        """Select the child with this index of a list or a choice."""
        self._ask([(parent.place, _SELECTION, "SelectChild", "i", (index,))])

    # Internals

    def _app(self) -> _Place | None:
        (places,) = self._ask([(_Place(_REGISTRY, _ROOT), _ACCESSIBLE, "GetChildren", "", ())])
        daemon = _Place("org.freedesktop.DBus", "/org/freedesktop/DBus")
        names = [str(name) for name, _path in places or ()]
        pids = self._ask([(daemon, daemon.bus_name, "GetConnectionUnixProcessID", "s", (name,)) for name in names])
        return next((_Place(name, _ROOT) for name, pid in zip(names, pids, strict=True) if pid == self._pid), None)

    def _read(self, places: Sequence[_Place], depth: int, parents: Sequence[Control | None]) -> list[Control]:
        """Read these objects; those that have gone meanwhile are left out."""
        asked = [
            question
            for place in places
            for question in (
                (place, _ACCESSIBLE, "GetRoleName", "", ()),
                (place, _PROPERTIES, "Get", "ss", (_ACCESSIBLE, "Name")),
                (place, _PROPERTIES, "Get", "ss", (_ACCESSIBLE, "Description")),
                (place, _ACCESSIBLE, "GetState", "", ()),
                (place, _ACCESSIBLE, "GetInterfaces", "", ()),
            )
        ]
        answers = self._ask(asked)
        found = []
        for at, (place, parent) in enumerate(zip(places, parents, strict=True)):
            role, name, description, states, interfaces = answers[at * 5 : at * 5 + 5]
            if role is None or name is None or states is None:
                continue
            bits = states[0] | states[1] << 32
            found.append(
                Control(
                    place=place,
                    role=_ROLES.get(role, str(role)),
                    name=str(name[1]),
                    description=str(description[1]) if description else "",
                    states=frozenset(word for bit, word in _STATES.items() if bits >> bit & 1),
                    interfaces=frozenset(str(one).rpartition(".")[2] for one in interfaces or ()),
                    depth=depth,
                    parent=parent,
                )
            )
        return found

    def _ask(self, questions: Sequence[tuple[_Place, str, str, str, tuple[Any, ...]]]) -> list[Any]:
        """Send all questions at once and collect their answers; `None` for what has gone, or was refused.

        A window has hundreds of objects: one question at a time, each would wait for the app's next turn.
        """
        answers: list[Any] = []
        for start in range(0, len(questions), 100):
            waiting: dict[int, int] = {}
            some = questions[start : start + 100]
            for at, (place, interface, member, signature, body) in enumerate(some):
                message = new_method_call(
                    DBusAddress(place.path, place.bus_name, interface), member, signature or None, body
                )
                serial = next(self._connection.outgoing_serial)
                self._connection.send(message, serial=serial)
                waiting[serial] = at
            got: list[Any] = [None] * len(some)
            while waiting:
                reply = self._connection.receive(timeout=PATIENCE_S)
                place_of = waiting.pop(reply.header.fields.get(HeaderFields.reply_serial, 0), None)
                if place_of is not None and reply.header.message_type is MessageType.method_return:
                    got[place_of] = reply.body[0] if reply.body else True
            answers += got
        return answers
