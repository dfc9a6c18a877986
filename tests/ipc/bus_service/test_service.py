"""NumbGuard called and listened to over a real message bus, from outside, with ``gdbus``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import DBusErrorResponse

from tests.desktop.stand_ins import PrivateBus
from tests.only_on_unix import ON_WINDOWS
from tools.desktop.app_process import wait_until
from tools.desktop.session_bus import call, has_owner

from .session import NAME, PATH, BusSession

pytestmark = pytest.mark.skipif(ON_WINDOWS, reason="Windows has no message bus")

SECRET = "The left foot again, after the long call"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[BusSession]:
    bus = PrivateBus(tmp_path)
    bus.start()
    session = BusSession(tmp_path, bus)
    yield session
    session.end()
    bus.end()


@pytest.fixture
def usual(session: BusSession) -> Path:
    """The folder that verbs use without ``--profile``, which a call means that names no profile."""
    return session.folder / ".local" / "share" / "numbguard"


def test_it_describes_itself_and_every_path_that_leads_to_it(session: BusSession, usual: Path) -> None:
    session.run_app(usual)
    told = session.gdbus("introspect", "--session", "--dest", NAME, "--object-path", "/", "--recurse").stdout
    assert f"node {PATH} {{" in told
    for member in ("Log(in  s profile", "BreakNow(", "Snooze(", "Skip(", "Pause(", "Resume(", "Status(", "Show("):
        assert member in told
    for signal in ("StateChanged(", "BreakAnnounced(", "BreakStarted(", "BreakEnded(", "EpisodeLogged("):
        assert signal in told
    assert "readonly s State = 'sitting';" in told
    assert session.call("org.freedesktop.DBus.Peer.Ping") == "()"
    assert session.call("org.freedesktop.DBus.Properties.Get", NAME, "Profile") == f"(<'{usual}'>,)"
    everything = session.call("org.freedesktop.DBus.Properties.GetAll", NAME)
    assert f"'Profile': <'{usual}'>" in everything
    assert "'State': <'sitting'>" in everything


def test_each_method_does_what_its_verb_does(session: BusSession, usual: Path) -> None:
    app = session.run_app(usual)
    id = re.fullmatch(r"\('([0-9a-f-]{36})',\)", session.call("Log", ""))
    assert id
    assert [one["id"] for one in app.ask("episodes")] == [id[1]]
    session.call("BreakNow", "")
    assert app.status()["state"] == "break"
    session.call("Snooze", "")
    assert app.status()["state"] == "sitting"
    session.call("BreakNow", "")
    session.call("Skip", "")
    session.call("Pause", "", "3600")
    assert app.status()["state"] == "paused"
    session.call("Resume", "")
    session.call("Pause", "", "0")
    assert app.status()["suppressed"][0]["until"] is None
    session.call("Resume", "")
    for window in ("panel", "history", "insights", "settings", "stretches", "guide", "help"):
        session.call("Show", "", window)
    assert app.output == ""


def test_the_status_is_json_without_a_word_of_what_was_logged(session: BusSession, usual: Path) -> None:
    app = session.run_app(usual)
    id = app.tell("log", "--region", "sole", "--sensation", "burning", "--note", SECRET).splitlines()[0]
    words = session.call("Status", "")
    status = json.loads(words.removeprefix("('").removesuffix("',)").replace("\\'", "'"))
    assert (status["running"], status["state"], status["open_episode"]) == (True, "sitting", id)
    assert status["due_in_s"] == pytest.approx(45 * 60, abs=60)
    for word in ("sole", "burning", "foot", "note", "episodes"):
        assert word not in words


def test_a_listener_hears_states_and_ids_and_never_a_word_of_an_episode(session: BusSession, usual: Path) -> None:
    app = session.run_app(usual)
    with session.monitor() as heard:
        id = app.tell("log", "--region", "sole", "--note", SECRET).splitlines()[0]
        heard.wait_for(f"EpisodeLogged ('{usual}', '{id}')")
        app.tell("break")
        heard.wait_for(f"StateChanged ('{usual}', 'break')")
        started = re.search(r"BreakStarted \('[^']+', '([0-9a-f-]{36})'\)", heard.text)
        assert started
        app.tell("break", "skip")
        heard.wait_for(f"BreakEnded ('{usual}', '{started[1]}', 'skipped')")
        heard.wait_for(f"PropertiesChanged ('{NAME}', {{'State': <'sitting'>}}, @as [])")
        assert heard.text.count("StateChanged ") == 2
        for word in ("sole", "foot", "call"):
            assert word not in heard.text
    assert app.ask("breaks")[-1]["id"] == started[1]


def test_a_break_that_is_due_is_heard_from_its_announcement_on(session: BusSession, usual: Path) -> None:
    session.run_app(usual, '[breaks]\ninterval = "10m"\npatience = "10s"\n', "--speed", "300")
    with session.monitor() as heard:
        heard.wait_for("BreakAnnounced ('")
        heard.wait_for("'announced')")
        heard.wait_for("BreakStarted ('")
        announced, started = (re.search(rf"{name} \('[^']+', '([^']+)'\)", heard.text) for name in
                              ("BreakAnnounced", "BreakStarted"))  # fmt: skip
        assert announced and started
        assert announced[1] == started[1]


def test_what_does_not_fit_is_refused_with_an_error_that_has_a_name_and_a_sentence(
    session: BusSession, usual: Path
) -> None:
    app = session.run_app(usual)
    name, words = session.refused("Snooze", "")
    assert name == "org.numbguard.Error.Refused"
    assert words.endswith(".")
    assert session.refused("Show", "", "attic")[0] == "org.numbguard.Error.InvalidArgument"
    assert session.refused("Log", "not/a/full/path")[0] == "org.numbguard.Error.InvalidArgument"
    assert session.refused("org.freedesktop.DBus.Properties.Get", NAME, "Nothing")[0].endswith("UnknownProperty")
    set_it = ("org.freedesktop.DBus.Properties.Set", NAME, "State", "<'break'>")
    assert session.refused(*set_it)[0].endswith("PropertyReadOnly")
    assert app.ask("episodes") == []


@pytest.mark.parametrize(
    ("path", "member", "signature", "error"),
    [
        (PATH, f"{NAME}.Log", "i", "InvalidArgs"),
        (PATH, f"{NAME}.Jog", "", "UnknownMethod"),
        (PATH, "org.example.Nothing.Log", "", "UnknownInterface"),
        ("/org/numbguard/Nothing", f"{NAME}.Log", "", "UnknownObject"),
        ("/org", "org.freedesktop.DBus.Properties.GetAll", "", "UnknownInterface"),
    ],
)
def test_calls_that_fit_nothing_get_the_errors_of_dbus(
    session: BusSession, usual: Path, path: str, member: str, signature: str, error: str
) -> None:
    session.run_app(usual)
    interface, _, name = member.rpartition(".")
    with pytest.raises(DBusErrorResponse) as refused:
        call(session.bus.address, DBusAddress(path, NAME, interface), name, signature, *([7] if signature else []))
    assert refused.value.name == f"org.freedesktop.DBus.Error.{error}"


def test_two_profiles_share_the_name_and_each_call_reaches_the_one_it_names(
    session: BusSession, usual: Path, tmp_path: Path
) -> None:
    first, second = session.run_app(usual), session.run_app(tmp_path / "work")
    assert session.call("org.freedesktop.DBus.Properties.Get", NAME, "Profile") == f"(<'{usual}'>,)"
    rule = ("--dest", NAME)
    with session.monitor(*rule) as heard:
        session.call("Log", str(tmp_path / "work"))
        assert (len(first.ask("episodes")), len(second.ask("episodes"))) == (0, 1)
        session.call("BreakNow", "")
        heard.wait_for(f"BreakStarted ('{usual}'")
    assert second.status()["state"] == "sitting"
    assert "passes calls on to this one" in second.tell("check")
    name, words = session.refused("Log", str(tmp_path / "nobody"))
    assert name == "org.numbguard.Error.NotRunning"
    assert str(tmp_path / "nobody") in words
    assert not (tmp_path / "nobody").exists()
    first.stop()
    wait_until(lambda: has_owner(session.bus.address, NAME), what="the second app to have the name")
    assert session.call("org.freedesktop.DBus.Properties.Get", NAME, "Profile") == f"(<'{tmp_path / 'work'}'>,)"
    assert session.refused("Log", "")[0] == "org.numbguard.Error.NotRunning"


def test_a_hundred_calls_at_once_are_all_answered_in_their_order(session: BusSession, usual: Path) -> None:
    session.run_app(usual)
    where = DBusAddress(PATH, NAME, NAME)
    with open_dbus_connection(session.bus.address) as connection:
        sent = [next(connection.outgoing_serial) for _unused in range(100)]
        for serial in sent:
            member = ("Status", "s", ("",)) if serial % 2 else ("Resume", "s", ("",))
            connection.send(new_method_call(where, *member), serial=serial)
        answered = []
        while len(answered) < len(sent):
            message = connection.receive(timeout=10)
            if message.header.message_type in (MessageType.method_return, MessageType.error):
                answered.append(message.header.fields[HeaderFields.reply_serial])
                assert message.header.message_type is MessageType.method_return
    assert answered == sent


def test_a_call_that_is_far_too_long_is_refused_and_the_app_goes_on(session: BusSession, usual: Path) -> None:
    session.run_app(usual)
    with pytest.raises(DBusErrorResponse) as refused:
        call(session.bus.address, DBusAddress(PATH, NAME, NAME), "Log", "s", "x" * 300_000)
    assert refused.value.name.endswith("LimitsExceeded")
    assert session.call("Resume", "") == "()"


def test_it_is_there_again_after_the_bus_has_died_and_returned(session: BusSession, usual: Path) -> None:
    app = session.run_app(usual)
    session.bus.end()
    wait_until(lambda: not app.ask("check")["senses"]["dbus"]["works"], what="the loss to be noticed")
    session.bus.start()
    wait_until(lambda: has_owner(session.bus.address, NAME), 20, what="the name on the new bus")
    assert session.call("Resume", "") == "()"


def test_check_says_how_scripts_reach_it(session: BusSession, usual: Path) -> None:
    app = session.run_app(usual)
    assert "D-Bus: works (session-bus)" in app.tell("check")
    assert app.ask("check")["senses"]["dbus"]["detail"].startswith("Scripts reach NumbGuard")
    app.stop()
    assert "While NumbGuard is running, scripts reach it" in app.tell("check")
