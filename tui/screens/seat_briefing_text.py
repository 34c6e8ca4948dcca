"""What the briefing of a seat in a room says before all the rest: what was handed over, who one is, who else plays."""

from __future__ import annotations

from textual.content import Content

from drills.plan import oneself, plain_plan
from drills.room.rights import OBSERVER, SEATS
from engine.actions import VERBS
from scenarios.terms import ROLES
from tui.keys import told
from tui.room import IN_NAMES, RoomView, answers, called, offers, players, verb_title
from tui.safe import content, line
from tui.screens.briefing_first import listed
from tui.screens.briefing_text import Own, Section
from tui.screens.help_words import seven
from tui.widgets.prose import Lines, hang, styled, wrapped

PRIVATE = "What you write goes to the host and to your team, and to nobody else."


KEYS = ("open", "reply", "note", "decide", "claim", "classify", "said", "ask", "escalate", "pane-team", "pane-inbox")
"""What a seat needs most, in this order: the first of them that it may use are named, and help."""
MANY = 6


def own(room: RoomView) -> Own:
    """Whose briefing it is."""
    mine = offers(room)
    ids = [*[one for one in KEYS if one in {key.id for key in mine}][:MANY], "help"]
    return Own(room.seat, _lead(room), PRIVATE, lambda width: seven(width, ids, mine), frozenset(room.seats), room.pace)


def _lead(room: RoomView) -> list[Section]:
    found = [Section("Who you are", lambda width: _you(room, width)),
             Section("What your seat does", lambda width: _may(room, width)),
             Section("Who plays", lambda width: _others(room, width))]  # fmt: skip
    if room.handed:
        found.insert(0, Section("Handed over to you", lambda width: wrapped(content(room.handed), width)))
    return found


def _you(room: RoomView, width: int) -> Lines:
    plan = room.drill.plan or plain_plan(room.drill.scenario)
    me = plan.person(oneself(plan, room.seat)) if plan.id != "plain" else None
    house = line(room.drill.scenario.brand.name)
    if room.seat == OBSERVER:
        return wrapped(Content.assemble(("An observer", "bold"), f" of the team of {house}."), width)
    role = f"{called(room.seat)} of {house}."
    if me is None:
        return wrapped(Content.assemble("The ", (role, "bold")), width)
    return wrapped(Content.assemble((line(me.name), "bold"), f", {role}"), width)


def _may(room: RoomView, width: int) -> Lines:
    if room.seat == OBSERVER:
        return wrapped(Content("You see what the team sees and what it does. You can do nothing here."), width)
    mine = [verb_title(room, do) for do in VERBS if do != "review_fake" and (room.may(do) or answers(room, do))]
    lines = hang("· ", Content.assemble(("You may use ", "bold"), f"{listed(mine)}."), width)
    by_others: dict[tuple[str, ...], list[str]] = {}
    for do in VERBS:
        if not room.may(do) and do != "review_fake":
            title = "Reply in public" if do == "reply" else verb_title(room, do)
            by_others.setdefault(room.who_may(do), []).append(title)
    for seats, deeds in by_others.items():
        if seats:
            lines += hang("· ", Content.assemble((f"Only {' or '.join(seats)}: ", "bold"), f"{listed(deeds)}."), width)
    rest = told("{note} tells all of the team. A draft or a call for you comes into your inbox (key {pane-inbox}).")
    return [*lines, *wrapped(styled(rest, "$muted"), width)]


def _here(room: RoomView, seat: str) -> tuple[str, str]:
    """Whether somebody is there, and its style."""
    if room.begun and room.seats[seat] and seat != room.seat:
        return "plays", "$success"
    if seat in room.ready:
        return "ready", "$success"
    return "is reading" if room.seats[seat] else "not connected", "$warning"


def _others(room: RoomView, width: int) -> Lines:
    lines: Lines = []
    for seat in players(room):
        me = " (you)" if seat == room.seat else ""
        lines += hang("· ", Content.assemble((called(seat), "bold"), f"{me}  ", _here(room, seat)), width)
    others = [SEATS[seat] for seat in room.seats if seat not in ROLES]
    if others:
        lines += hang("· ", Content(f"And the {listed(others)}."), width)
    rest = f"Everybody else is simulated, and answers after a while. {IN_NAMES}"
    return [*lines, *wrapped(styled(rest, "$muted"), width)]
