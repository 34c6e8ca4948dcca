"""What hostile words do to a room: escapes, half characters, what deceives the eye, markup. A section a threat.

The client that sends them keeps to no rule. What is looked at is the record, what the other seats hold, and what a
terminal would be told. What comes by files has its tests elsewhere: YAML tags, aliases, nesting and numbers in
tests/scenarios/test_yaml_events.py, scripts and formulas in tests/drills/report/test_escaping.py and
tests/test_report_browser.py; the corpus on every pane of a desk is in tests/tui/test_hostile_desk.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

import drills.room.server
from drills.journal import RECORD
from drills.room.client import RemoteSession
from scenarios.text import FORBIDDEN, clean, is_clean
from tests.drills.room.host import Host, until
from tests.drills.room.stranger import Stranger
from tests.hostile import CORPUS, UNUSUAL
from tests.tui.desk_pilot import Played, impatient
from tests.tui.test_hostile_desk import OURS, Heard
from tui.app import StormdrillApp

Come = Callable[..., Stranger]
Seated = Callable[[str], RemoteSession]
MARKS = "\u0301" * 5
LOG = "7"
"""The key of the pane that shows what the team did."""
SHORT = {name: text[:300] for name, text in CORPUS.items() if text.strip()}


def strings(thing: object, seen: set[int] | None = None) -> Iterator[str]:
    """Every text in a thing, however deep."""
    seen = set() if seen is None else seen
    if isinstance(thing, str):
        yield thing
    elif id(thing) not in seen:
        seen.add(id(thing))
        if isinstance(thing, Mapping):
            parts: list[Any] = [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            parts = list(thing)
        elif is_dataclass(thing):
            parts = [getattr(thing, one.name, None) for one in fields(thing)]
        elif type(thing).__module__.startswith(("drills.", "engine.")) and hasattr(thing, "__dict__"):
            parts = list(vars(thing).values())
        else:
            parts = []
        for part in parts:
            yield from strings(part, seen)


def unclean(thing: object) -> list[str]:
    return [text for text in strings(thing) if FORBIDDEN.search(text) or MARKS in text]


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpus is long: whoever sends it may be quick. How slow a seat must be has its own test."""
    monkeypatch.setattr(drills.room.server, "RATE", 10_000.0)


def record(host: Host) -> list[dict[str, Any]]:
    lines = (host.session.path / RECORD).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


async def shown_so_many(played: Played, actions: int) -> None:
    """Wait until the desk itself has folded so many actions, and painted them."""
    for _ in range(200):
        if len(played.app.session.desk.actions) >= actions:  # type: ignore[union-attr]
            break
        await played.pilot.pause(0.05)
    await played.pilot.pause(0.3)
    await played.settle()


def everywhere(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """An action for every field that takes words or names."""
    yield "note", {"text": text}
    yield "note", {"text": "A line.", "kind": text}
    yield "classify", {"level": 1, "root_cause": text, "confidence": text}
    yield "classify", {"level": 1, "accounts": [text], "themes": [text]}
    yield "publish", {"text": text, "kind": "holding", "channels": ["flit"], "signed_by": text}
    yield "publish", {"text": "We are sorry.", "kind": "holding", "channels": ["flit"], "approval": text}
    yield "flag", {"target": text, "kind": text}
    yield "escalate", {"to": [text], "text": text}
    yield "reply", {"target": text, "also": [text], "text": text}


# -- terminal escapes in posts, names, replies -----------------------------------------------------------------


def test_words_from_the_wire_are_clean_on_the_record_and_at_every_other_seat(
    open_room: Host, stranger: Come, seated: Seated, fast: None
) -> None:
    others = [seated("SML"), seated("OBS"), seated("FAC")]
    hostile = stranger("COM")
    taken = 0
    for text in SHORT.values():
        for verb, given in everywhere(text):
            taken += hostile.act(verb, **given)["do"] == "ack"
    assert taken >= 2 * len(SHORT), "the world takes a note and a classification whatever their words are"
    assert taken == len([line for line in record(open_room) if line["kind"] == "action"])
    assert not unclean(record(open_room))
    for seat in others:
        until(seat, lambda seat=seat: len(seat.desk.actions) == taken)  # type: ignore[misc]
        assert not unclean(seat.desk) and not unclean(seat._clock)


def test_what_is_written_and_not_sent_is_clean_where_the_facilitator_sees_it(
    open_room: Host, stranger: Come, seated: Seated, fast: None
) -> None:
    open_room.room.drafts_shown = True
    steers, hostile = seated("FAC"), stranger("COM")
    for name, text in SHORT.items():
        hostile.say({"do": "draft", "slot": f"reply {name}", "text": text})
        hostile.say({"do": "draft", "slot": text, "text": "Well."})
    hostile.say({"do": "draft", "slot": "the last", "text": "Well."})
    until(steers, lambda: "the last" in steers.writing.get("COM", {}))
    assert len(steers.writing["COM"]) > len(SHORT) and not unclean(steers.writing)
    hostile.say({"do": "leave", "handed": SHORT["osc_clipboard"]})
    hostile.hear_until("denied")
    assert not unclean(json.loads((open_room.session.path / "room.json").read_text("utf-8")))


def test_what_the_facilitator_says_as_somebody_else_is_clean_too(
    open_room: Host, stranger: Come, seated: Seated, fast: None
) -> None:
    seat, steers = seated("SML"), stranger("FAC")
    member = open_room.session.drill.scenario.cast[0].id
    spoken = 0
    for text in SHORT.values():
        for verb, given in (
            ("speak", {"target": member, "kind": "mail", "text": text, "subject": text}),
            ("speak", {"target": member, "kind": "mail", "text": "Well.", "channel": text, "theme": text}),
            ("nudge", {"target": "SML", "text": text}),
            ("observe", {"target": "SML", "text": text, "kind": text}),
        ):
            frame = {"do": "steer", "key": f"k{spoken}-{verb}", "verb": verb, "given": given}
            spoken += steers.ask(frame)["do"] == "ack"
    assert spoken >= 2 * len(SHORT)
    assert not unclean(record(open_room))
    until(seat, lambda: len(seat.desk.inbox) > len(SHORT))
    assert not unclean(seat.desk)


async def test_a_terminal_is_told_nothing_that_a_hostile_seat_has_written(
    open_room: Host, stranger: Come, seated: Seated, fast: None
) -> None:
    hostile, seat = stranger("COM"), seated("SML")
    taken = 0
    for text in SHORT.values():
        taken += hostile.act("note", text=text)["do"] == "ack"
        said = hostile.act("publish", text=text, kind="holding", channels=["flit"], signed_by=text)
        taken += said["do"] == "ack"
    app = StormdrillApp(session=seat)
    app.driver_class = Heard
    with impatient():
        async with app.run_test(headless=False, size=(120, 34), notifications=True) as pilot:
            played = Played(app, seat, pilot)  # type: ignore[arg-type]
            await shown_so_many(played, taken)
            shown = ""
            for key in "1234567":
                await played.press(key)
                for _ in range(5):
                    await played.press("pageup")
                    shown += played.text
            told = "".join(app._driver.said)  # type: ignore[union-attr]
    assert "redbefore" not in shown and "We are sorryWe" not in shown and "guiltyinnocent" in shown
    rest = OURS.sub("", told)
    assert "\x1b" not in rest and not [one for one in FORBIDDEN.findall(rest) if one not in "\r\n"]


# -- lone surrogates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("half", ["\ud800", "\udfff", "a\udc00\ud800b"])
def test_half_a_character_is_dropped_and_costs_nobody_the_connection(
    stranger: Come, seated: Seated, half: str
) -> None:
    hostile, seat = stranger("COM"), seated("SML")
    assert "ack" == hostile.act("note", text=f"one {half} two")["do"]
    assert "refused" == hostile.act("note", key=half, text="a key of halves")["do"]
    assert "refused" == hostile.act(half, text="a verb of halves")["do"]
    hostile.say({"do": "draft", "slot": half, "text": half})
    assert "ack" == hostile.act("note", text="still here")["do"]
    until(seat, lambda: len(seat.desk.actions) == 2)
    assert not unclean(seat.desk)
    "".join(strings(seat.desk)).encode()


# -- bidi override, zero-width, tag characters, zalgo ------------------------------------------------------------


def test_what_people_really_write_arrives_unchanged(stranger: Come, seated: Seated, fast: None) -> None:
    writer, reader = stranger("COM"), seated("SML")
    for name in UNUSUAL:
        assert "ack" == writer.act("note", text=CORPUS[name])["do"]
    until(reader, lambda: len(reader.desk.actions) == len(UNUSUAL))
    assert [CORPUS[name] for name in UNUSUAL] == [one.text for one in reader.desk.actions]


@pytest.mark.parametrize("name", ["bidi_override", "zero_width", "tags", "zalgo", "no_characters"])
def test_what_deceives_the_eye_is_gone_before_it_is_on_the_record(open_room: Host, stranger: Come, name: str) -> None:
    assert "ack" == stranger("COM").act("note", text=CORPUS[name])["do"]
    (line,) = [line for line in record(open_room) if line["kind"] == "action"]
    assert clean(CORPUS[name]) == line["action"]["text"] != CORPUS[name] and is_clean(line["action"]["text"])


def test_names_that_hide_something_are_refused_and_not_mended(stranger: Come) -> None:
    hostile = stranger("COM")
    for name in ("bidi_override", "zero_width", "csi_colour", "lone_surrogates"):
        for field in ("channels", "to", "accounts", "themes", "also"):
            assert "refused" == hostile.act("classify", level=1, **{field: [CORPUS[name]]})["do"]
        for field in ("target", "kind", "approval"):
            assert "refused" == hostile.act("note", text="A line.", **{field: CORPUS[name]})["do"]


# -- markup injection ------------------------------------------------------------------------------------------


async def test_markup_from_another_seat_is_shown_as_it_was_typed_and_does_nothing(
    stranger: Come, seated: Seated, fast: None
) -> None:
    hostile, seat = stranger("COM"), seated("SML")
    markup = ["[@click=app.quit]press[/]", "[link=http://evil.example/]h[/]", "[bold red]boo[/bold red]"]
    for text in markup:
        assert "ack" == hostile.act("note", text=text)["do"]
    app = StormdrillApp(session=seat)
    with impatient():
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            played = Played(app, seat, pilot)  # type: ignore[arg-type]
            await shown_so_many(played, len(markup))
            await played.press(LOG)
            assert all(text in played.text for text in markup), played.text
            for strip in app.screen._compositor.render_strips(app.screen.size):
                for style in [segment.style for segment in strip if segment.style is not None]:
                    assert not style.link and "app.quit" not in repr(style.meta)
