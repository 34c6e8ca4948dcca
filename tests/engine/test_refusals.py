"""Locks and outages: what the team can't do here and now, in a sentence for it and a word for whoever reads the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.events import ContentChanged, Void
from engine.setup import Colleague
from engine.world import World
from tests.engine.worlds import COLLEAGUES, MINUTE, action, played, statement

AGENCY = Colleague("agency", "Bright Row", "PTN", "agency", MINUTE, MINUTE, "", True, 0, ())
KEYS = {"advert": "agency", "letter": "agency", "plaza": "agency"}


def world(*actions, colleagues=(*COLLEAGUES, AGENCY), **changes) -> World:  # type: ignore[no-untyped-def]
    return played(actions=actions, colleagues=colleagues, **{"keys": KEYS, **changes})


def voids(of: World) -> list[tuple[str, str, str]]:
    return [(event.do, event.why, event.reason) for event in of.log if isinstance(event, Void)]


@pytest.mark.parametrize(
    ("deed", "lock"),
    [
        (action(5, "pause", target="advert"), "the advertisements"),
        (action(5, "edit", target="letter", text="x"), "the mail tool"),
        (action(5, "close_account", target="plaza"), "Plaza"),
        (statement(5, channels=("flit", "plaza")), "Plaza"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.do,
)
def test_whoever_holds_the_keys_must_be_called_first(deed, lock: str) -> None:  # type: ignore[no-untyped-def]
    ((do, why, reason),) = voids(world(deed))
    assert (do, reason) == (deed.do, "lock-out")
    assert why == f"Bright Row holds the keys to {lock}: call them first (i, inform)"


@pytest.mark.parametrize(
    ("deed", "target"),
    [
        (statement(5, channels=("flit", "plaza")), "plaza"),
        (action(5, "hub", kind="open", text="Here."), "hub"),
        (action(5, "pause", target="advert"), "advert"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.do,
)
def test_the_log_says_what_was_locked_where_the_action_names_no_target(deed, target: str) -> None:  # type: ignore[no-untyped-def]
    (event,) = (event for event in world(deed, keys={**KEYS, "hub": "agency"}).log if isinstance(event, Void))
    assert event.target == target


def test_once_they_have_answered_the_keys_are_ours() -> None:
    opened = world(action(2, "inform", to=("agency",), text="Stop it."), action(6, "pause", target="advert"))
    assert voids(opened) == []
    assert [event.state for event in opened.log if isinstance(event, ContentChanged)] == ["paused"]


def test_a_call_that_nobody_answers_opens_nothing() -> None:
    asleep = replace(AGENCY, p50_ms=30 * MINUTE, p90_ms=60 * MINUTE)
    locked = world(
        action(2, "inform", to=("agency",), text="Stop it."), action(19, "pause", target="advert"),
        colleagues=(*COLLEAGUES, asleep),
    )  # fmt: skip
    assert [reason for _, _, reason in voids(locked)] == ["lock-out"]


def test_a_holder_who_sits_at_the_desk_needs_no_call() -> None:
    lead = replace(COLLEAGUES[0], role="SML")
    assert voids(world(action(5, "pause", target="advert"), colleagues=(lead,), keys={"advert": "com"})) == []


def test_replies_need_no_keys() -> None:
    assert voids(world(action(5, "reply", target="ruth-asks", text="Yes."), keys={"flit": "agency"})) == []


def test_a_channel_that_is_down_is_said_to_be() -> None:
    channels = [{"id": "flit", "down": [{"until": "T+20m"}]}, {"id": "plaza"}, {"id": "hub"}, {"id": "mail"}]
    hub = action(6, "hub", kind="open", text="Here.")
    assert voids(world(statement(5), hub, keys={}, channels=channels)) == [
        ("publish", "flit can't be reached at the moment", "down")
    ]


def test_what_is_wrong_otherwise_has_no_reason() -> None:
    assert voids(world(action(5, "pause", target="nothing"))) == [("pause", "nothing scheduled is called nothing", "")]
