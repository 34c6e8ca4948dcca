"""Promises with a time; the scenario starts on a Wednesday at 21:00 and it is 21:10."""

import pytest

from drills.tone import Context, read
from scenarios.model import Scenario
from scenarios.moments import MINUTE

NOW = 10


def promised(text: str, scenario: Scenario | None) -> list[tuple[str, int]]:
    context = Context(scenario=scenario, channel_kind="statement", now_ms=NOW * MINUTE)
    return [(promise.what, promise.due_ms // MINUTE) for promise in read(text, context).promises]


@pytest.mark.parametrize(
    ("text", "what", "minute"),
    [
        ("Next update at 22:00.", "update", 60),
        ("We'll update here at 10:30 pm.", "update", 90),
        ("Next word 22:15, even if there is nothing new.", "update", 75),
        ("More at 11.", "update", 120),
        ("Back by midnight.", "action", 180),
        ("We publish it at 00:30.", "update", 210),
        ("We'll tell you here tomorrow by noon what the board decides.", "update", 900),
        ("We'll publish what happened by 5 pm tomorrow.", "update", 1200),
        ("An answer in 20 minutes.", "update", 30),
        ("We update you every half hour.", "update", 40),
        ("I'll call you within the hour.", "action", 70),
        ("We will call you within 30 minutes.", "action", 40),
        ("The full report is out by Friday.", "update", 45 * 60),
        ("We will be back here by the end of the day.", "update", 180),
    ],
)
def test_a_promise_falls_due(text: str, what: str, minute: int, brightpan: Scenario) -> None:
    assert promised(text, brightpan) == [(what, minute)]


@pytest.mark.parametrize(
    "text",
    [
        "The post was up since 20:40.",
        "Power failed at 20:00.",
        "Update 21:10. The post is gone.",
        "You can file a form within 7 days.",
        "Please submit your claim within 30 days.",
        "It took 30 minutes.",
        "We have 84 stores, open from 9 to 5.",
        "Call 112 now.",
        "For seven hours you couldn't reach us.",
    ],
)
def test_a_time_that_promises_nothing(text: str, brightpan: Scenario) -> None:
    assert promised(text, brightpan) == []


def test_without_a_clock_only_spans_are_promises() -> None:
    assert promised("Next update at 22:00. More in 10 minutes.", None) == [("update", 20)]


def test_without_a_clock_a_time_still_counts_as_a_promise_kept_in_view() -> None:
    assert "action.timed" in {item.rule for item in read("Next update at 22:00.", Context()).findings}
