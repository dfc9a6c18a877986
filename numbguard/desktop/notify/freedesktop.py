"""Shows notices with the desktop's notification service, ``org.freedesktop.Notifications`` on the session bus.

``notify.choose`` builds it; it runs on the GUI thread and never blocks. It keeps the notice that should be on screen
(``_wanted``) apart from the one that is (``_on_screen``, ``_id``); ``_settle`` makes the second match the first
whenever either changes. A withdrawal that overtakes the service's reply, a service that crashes and restarts, and a
service that has to be started first thus need no code of their own.

Known behaviour of notification services: a reply to ``Notify`` may never arrive, or only after the signal that a button
was pressed; an id is valid only while the same service process runs, and one service returns 0 for every notification;
a notification that has closed may be shown again from a history, and its buttons then still work; a service may refuse
notices for a while (for example, too many of them) and then recover. A service that the bus can start must not be
started before there is something to show: at log-in it would take the bus name before the desktop's own service could.
``service_traits`` lists what differs by the service's name.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QTimer

from numbguard import APP_ID
from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice
from numbguard.core.sentence import N_, sentence
from numbguard.desktop import Unavailable
from numbguard.desktop.dbus.messages import Failure, Outcome, Reply, Service
from numbguard.desktop.sandbox import is_sandboxed
from numbguard.resources import resource

from .service_traits import ServiceTraits, traits_of

if TYPE_CHECKING:
    from numbguard.desktop.dbus.bus import Bus

    from . import NotifyListener

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

APP_NAME = "NumbGuard"

_NAME = "org.freedesktop.Notifications"
_SERVICE = Service(_NAME, "/org/freedesktop/Notifications", _NAME)
_THE_BUS = Service("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")

PICTURE = resource("icons", "app-128.png")
"""The icon of notifications: a file, because its name is known only where the launcher is installed. Within Flatpak's
sandbox it is the name, because the service sees none of its files and Flatpak installs the launcher. It is not given as
``image-path`` too: Cinnamon 5.6 shows no notification that has an icon and such an address."""

DEFAULT_KEY = "default"
"""Key of the action that a click on the notification itself invokes."""
NEVER, SERVICE_DEFAULT = 0, -1
"""Values of ``expire_timeout``: the notification does not expire, or expires when the service chooses."""
NORMAL_URGENCY = 1
"""Used for quiet messages too: GNOME does not pop up notifications of low urgency."""
QUIET_FOR_MS = 10_000
"""Milliseconds after which a quiet message expires."""
CLOSED_BY_PERSON, CLOSED_BY_CALL = 2, 3
"""Reasons that ``NotificationClosed`` gives; after the second no history shows the notification again."""
MAX_PAST = 20
"""Number of closed notifications whose buttons still work, should the service show them again from its history; also
the number of signals kept that arrived too early."""

GRACE_S = 3.0
"""Seconds to wait for a service that has disappeared, which may be restarting, before another backend takes over."""
START_TIMEOUT_S = 20.0
"""Seconds to wait for the bus to start a service."""
TROUBLED_S = 60.0
"""Seconds for which a service that failed is not used."""


class FreedesktopBackend:
    """Can announce where the service supports actions, and show messages wherever a service runs or can be started."""

    name = "freedesktop"

    def __init__(self, bus: Bus | None) -> None:
        if bus is None:
            raise Unavailable(N_("There is no session bus, so NumbGuard can't ask the desktop's notification service."))
        self._bus = bus
        self._listener: NotifyListener | None = None
        self._settled = False
        """Whether the bus has said yet if there is a service."""
        self._owner: str | None = None
        self._can: frozenset[str] | None = None
        """The service's capabilities; ``None`` until it has reported them."""
        self._server = ""
        self._traits = ServiceTraits()
        self._startable = False
        self._starting = False
        self._revived_for: Notice | None = None
        """The announcement for which a service was last started; a service that crashes on it is not started again."""
        self._trouble = ""
        self._troubled_until = 0.0
        self._grace: QTimer | None = None
        self._wanted: Notice | None = None
        self._on_screen: Notice | None = None
        self._id: int | None = None
        self._asking = False
        """Whether the reply to a ``Notify`` for the announcement is outstanding."""
        self._unseen = False
        self._to_say: list[Notice] = []
        self._saying: list[Notice] = []
        """Messages that the service has been asked to show and has not answered yet."""
        self._offers: dict[int, Notice] = {}
        """Messages on screen that have answers, by the service's id."""
        self._past: dict[int, Notice] = {}
        """Notices with answers that the service has closed, and may show again from its history; oldest first."""
        self._early: list[tuple[Callable[[tuple[Any, ...]], None], tuple[Any, ...]]] = []
        """Signals about ids that are unknown as yet, which arrived while a reply to ``Notify`` was outstanding."""

    # --- as a NotifyBackend ---------------------------------------------------------------------------------------

    @property
    def can_announce(self) -> bool | None:
        return self._supports("actions")

    @property
    def can_say(self) -> bool | None:
        return self._supports(None)

    @property
    def detail(self) -> str:
        if not self._settled:
            return N_("The session bus has not answered yet.")
        if self._owner is None:
            if self._bus.trouble:
                return self._bus.trouble
            if self._startable:
                return N_("A notification service will start when there is something to show.")
            return N_("No notification service is running on this desktop.")
        server = self._server or N_("The notification service")
        if time.monotonic() < self._troubled_until:
            return sentence(
                "{server} can't show notifications at the moment: {trouble}", server=server, trouble=self._trouble
            )
        if self._can is None:
            return sentence("{server} has not reported yet what it supports.", server=server)
        if "actions" in self._can:
            return sentence("{server} shows notifications.", server=server)
        return sentence("{server} shows notifications, but without buttons.", server=server)

    @property
    def may_be_unseen(self) -> bool:
        """Whether the announcement on screen may have been held back by a do-not-disturb that nobody tells of."""
        return self._unseen

    @property
    def awaits_answers(self) -> bool:
        return bool(self._wanted or self._offers or self._to_say or self._saying)

    def start(self, listener: NotifyListener) -> None:
        self._listener = listener
        self._grace = QTimer(singleShot=True, interval=int(GRACE_S * 1000))
        self._grace.timeout.connect(self._grace_is_over)
        self._bus.listen(_SERVICE, "ActionInvoked", self._action_invoked)
        self._bus.listen(_SERVICE, "NotificationClosed", self._notification_closed)
        self._bus.watch_name(_NAME, self._owner_changed)
        self._bus.open()

    def announce(self, notice: Notice) -> None:
        self._wanted = notice
        self._forget_past_announcements()
        self._settle()

    def withdraw(self) -> None:
        self._wanted, self._unseen = None, False
        self._forget_past_announcements()
        self._settle()

    def say(self, notice: Notice) -> None:
        self._to_say.append(notice)
        self._settle()

    def withdraw_messages(self, about: str) -> None:
        self._take_down(lambda notice: notice.about == about)

    def _take_down(self, wanted: Callable[[Notice], bool]) -> None:
        self._to_say = [one for one in self._to_say if not wanted(one)]
        self._saying = [one for one in self._saying if not wanted(one)]
        for id in [id for id, notice in self._offers.items() if wanted(notice)]:
            del self._offers[id]
            self._close(id)
        self._past = {id: notice for id, notice in self._past.items() if not wanted(notice)}

    def stop(self) -> None:
        self.withdraw()
        self._take_down(lambda notice: bool(notice.answers))
        self._listener = None
        self._bus.forget(self._action_invoked, self._notification_closed, self._owner_changed)
        if self._grace:
            self._grace.stop()
            self._grace.deleteLater()
            self._grace = None

    # --- the service ----------------------------------------------------------------------------------------------

    def _supports(self, capability: str | None) -> bool | None:
        if not self._settled or (self._grace and self._grace.isActive()):
            return None
        if time.monotonic() < self._troubled_until:
            return False
        if self._owner is None:
            return self._starting or self._may_start
        if self._can is None:
            return None
        return capability is None or capability in self._can

    def _owner_changed(self, owner: str | None) -> None:
        had_one, self._owner = self._owner is not None, owner
        # Ids, capabilities and faults were those of the former service.
        self._can, self._server, self._traits, self._troubled_until = None, "", ServiceTraits(), 0.0
        self._id, self._on_screen, self._asking = None, None, False
        self._offers.clear()
        self._past.clear()
        self._saying.clear()
        self._early.clear()
        if owner:
            self._settled = True
            self._bus.call(_SERVICE, "GetServerInformation", done=self._if_same_service(self._server_replied))
            asked = self._if_same_service(self._capabilities_replied)
            self._bus.call(_SERVICE, "GetCapabilities", done=asked, late=asked)
            return
        if had_one and self._grace:
            self._grace.start()
        self._bus.call(_THE_BUS, "ListActivatableNames", done=self._if_same_service(self._activatable_listed))

    def _if_same_service(self, received: Callable[[_Result], None]) -> Callable[[_Result], None]:
        """Wrap ``received`` so that it is called only if the service is still the same one."""
        owner = self._owner

        def still(outcome: _Result) -> None:
            if self._listener and self._owner == owner:
                received(outcome)

        return still

    def _server_replied(self, outcome: Outcome) -> None:
        if isinstance(outcome, Reply):
            name, _vendor, version, _spec = outcome.body
            self._server, self._traits = f"{name} {version}".strip(), traits_of(name)

    def _capabilities_replied(self, outcome: Outcome) -> None:
        if isinstance(outcome, Reply):
            self._can, self._troubled_until = frozenset(outcome.body[0]), 0.0
            if self._grace:
                self._grace.stop()
            self._settle()
            self._changed()
        else:
            self._note_trouble(outcome, "GetCapabilities")

    def _activatable_listed(self, outcome: Outcome) -> None:
        self._startable = isinstance(outcome, Reply) and _NAME in outcome.body[0]
        self._settled = True
        self._settle()
        self._changed()

    def _grace_is_over(self) -> None:
        self._settle()
        self._changed()

    @property
    def _may_start(self) -> bool:
        return self._startable and (self._wanted is None or self._wanted is not self._revived_for)

    def _start_service(self) -> None:
        if self._starting or not self._may_start or (self._grace and self._grace.isActive()):
            return
        self._starting, self._revived_for = True, self._wanted
        self._bus.call(_THE_BUS, "StartServiceByName", "su", _NAME, 0, done=self._started, timeout_s=START_TIMEOUT_S)

    def _started(self, outcome: Outcome) -> None:
        self._starting = False
        if isinstance(outcome, Failure) and self._owner is None:
            _log.warning("The notification service could not be started: %s", outcome.name)
            self._startable = False
            self._return_messages()
            self._changed()

    def _note_trouble(self, failure: Failure, at: str) -> None:
        _log.warning("The notification service failed at %s: %s", at, failure.name)
        self._trouble = failure.words or failure.name
        self._troubled_until = time.monotonic() + TROUBLED_S
        self._return_messages()
        self._changed()

    def _changed(self) -> None:
        if self._listener:
            self._listener.changed()

    # --- showing --------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Make the screen match what is wanted, as far as that is possible now."""
        if self._wanted is None and self._id is not None and not self._asking:
            self._close(self._id)
            self._id, self._on_screen = None, None
        if self._owner is None:
            if self._wanted or self._to_say:
                self._start_service()
            return
        if self._can is None:
            return
        messages, self._to_say = self._to_say, []
        for message in messages:
            if message in self._saying:
                continue  # the second click of a double click
            former = next((id for id, one in self._offers.items() if one.about and one.about == message.about), None)
            if former is not None:
                del self._offers[former]
            self._saying.append(message)
            self._notify(message, done=self._if_same_service(partial(self._said, message)), replaces=former)
        if self._wanted and self._wanted is not self._on_screen and not self._asking and "actions" in self._can:
            self._asking = True
            self._notify(
                self._wanted,
                done=self._if_same_service(partial(self._shown, self._wanted)),
                late=self._if_same_service(self._shown_too_late),
                replaces=self._id,
            )

    def _notify(
        self,
        notice: Notice,
        *,
        done: Callable[[Outcome], None],
        late: Callable[[Reply], None] | None = None,
        replaces: int | None = None,
    ) -> None:
        assert self._can is not None
        if replaces == 0:  # which would mean a new one
            self._close(0)
        is_announcement = late is not None
        title, body = _one_line(notice.title), _clean(notice.body)
        if "body" not in self._can and body:
            title, body = f"{title} – {_one_line(body)}", ""
        if "body-markup" in self._can:
            body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        actions: list[str] = []
        if "actions" in self._can and _takes_click(notice) and not self._traits.shows_default:
            actions = [DEFAULT_KEY, _one_line(self._click_answer(notice)[1])]
        if "actions" in self._can:
            for action, label in notice.answers:
                actions += [action.value, _one_line(label)]
        hints: dict[str, tuple[str, Any]] = {
            "urgency": ("y", NORMAL_URGENCY),
            "desktop-entry": ("s", APP_ID),
        }
        if not is_announcement and not notice.stays and (notice.quiet or not notice.answers):
            hints["transient"] = ("b", True)
        if (picture := notice.picture) is not None:
            shape = (picture.width, picture.height, picture.width * 4, True, 8, 4, picture.rgba)
            hints["image-data"] = ("(iiibiiay)", shape)
        lasts = NEVER if is_announcement else SERVICE_DEFAULT
        if notice.quiet or notice.has_own_sound:
            hints["suppress-sound"] = ("b", True)
            lasts = SERVICE_DEFAULT if notice.stays else QUIET_FOR_MS
        self._bus.call(
            _SERVICE, "Notify", "susssasa{sv}i",
            APP_NAME, replaces or 0, APP_ID if is_sandboxed() else PICTURE.as_uri(), title, body, actions, hints, lasts,
            done=done, late=late,
        )  # fmt: skip

    def _shown(self, notice: Notice, outcome: Outcome) -> None:
        self._asking = False
        if isinstance(outcome, Failure):
            self._early.clear()
            self._note_trouble(outcome, "Notify")
            return
        (self._id,) = outcome.body
        self._on_screen = notice
        self._unseen = not self._traits.tells_quiet
        self._take_early()
        self._settle()

    def _shown_too_late(self, reply: Reply) -> None:
        """Handle a reply after the timeout: close the notification, which another backend has shown, and use the
        service again."""
        if reply.body[0] != self._id:
            self._close(reply.body[0])
        self._troubled_until = 0.0
        self._changed()

    def _said(self, notice: Notice, outcome: Outcome) -> None:
        is_wanted = notice in self._saying
        if is_wanted:
            self._saying.remove(notice)
        if isinstance(outcome, Reply):
            if not is_wanted:
                self._close(outcome.body[0])
            elif notice.answers:
                self._offers[outcome.body[0]] = notice
            self._take_early()
        else:
            _log.warning("The notification service did not show a message: %s", outcome.name)
            if self._listener:
                self._listener.not_shown(notice)

    def _return_messages(self) -> None:
        messages, self._to_say = self._to_say, []
        for message in messages:
            if self._listener:
                self._listener.not_shown(message)

    def _close(self, id: int) -> None:
        self._bus.call(_SERVICE, "CloseNotification", "u", id)

    # --- signals of the service -----------------------------------------------------------------------------------

    def _action_invoked(self, body: tuple[Any, ...]) -> None:
        id, key = body[:2]
        notice = self._offers.get(id) or (self._on_screen if id == self._id else self._past.get(id))
        if notice is None:
            self._keep_early(self._action_invoked, body)
            return
        keys = {action.value: action for action, _label in notice.answers}
        if _takes_click(notice):
            keys[DEFAULT_KEY] = self._click_answer(notice)[0]
        answer = keys.get(key)
        if answer is None or self._listener is None:
            return
        if id in self._offers or id in self._past:
            self._offers.pop(id, None)
            self._past.pop(id, None)
            self._close(id)
        elif answer is not Action.PANEL:  # The panel only shows the answers, and one of them may follow.
            self._wanted = None
            self._settle()
        self._listener.answered(answer, notice.about)

    def _notification_closed(self, body: tuple[Any, ...]) -> None:
        id, reason = body[:2]
        is_announcement = self._id is not None and id == self._id
        closed = self._on_screen if is_announcement else self._offers.pop(id, None)
        if closed is None:
            if id not in self._past:
                self._keep_early(self._notification_closed, body)
            return
        if reason != CLOSED_BY_CALL and closed.answers:
            self._past[id] = closed
            while len(self._past) > MAX_PAST:
                del self._past[next(iter(self._past))]
        if not is_announcement:
            return
        self._id, self._on_screen = None, None
        self._unseen = self._unseen and reason != CLOSED_BY_PERSON
        # With a replacement under way, the one that closed is the former notice, which does not matter.
        if not self._asking:
            self._wanted = None
            if self._listener:
                self._listener.dismissed()

    def _click_answer(self, notice: Notice) -> tuple[Action, str]:
        """The answer that a click on the notification itself gives."""
        if self._traits.hides_buttons and _is_announcement(notice):
            return Action.PANEL, "Show"
        return next((one for one in notice.answers if one[0] is Action.START), notice.answers[0])

    def _forget_past_announcements(self) -> None:
        self._past = {id: notice for id, notice in self._past.items() if not _is_announcement(notice)}

    def _keep_early(self, handle: Callable[[tuple[Any, ...]], None], body: tuple[Any, ...]) -> None:
        """Keep a signal that may be about a notification whose id is not known yet."""
        if self._asking or self._saying:
            self._early = [*self._early, (handle, body)][-MAX_PAST:]

    def _take_early(self) -> None:
        """Handle the signals that arrived too early; those about other programs' notifications are dropped."""
        early, self._early = self._early, []
        for handle, body in early:
            handle(body)


def _is_announcement(notice: Notice) -> bool:
    return any(action is Action.START for action, _label in notice.answers)


def _takes_click(notice: Notice) -> bool:
    """Whether a click beside the buttons is an answer: GNOME's list of notifications shows no buttons."""
    return any(action in (Action.START, Action.PANEL) for action, _label in notice.answers)


def _clean(text: str) -> str:
    """The text without what D-Bus cannot carry: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())
