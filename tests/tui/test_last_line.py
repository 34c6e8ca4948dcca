"""The last line: it names what the keys do where the keyboard is, and nothing that does nothing."""

from __future__ import annotations

import pytest

from tests.tui.screens import SCREENS
from tests.tui.scripted import ScriptedSession
from tests.tui.state import Shown, State, desk
from tests.tui.states_desk import CARE, POOR, asked, judged, quiet
from tests.tui.states_review import review
from tests.tui.states_round import broken, cards, learner, lobby
from tests.tui.test_learner import MANY


def last(shown: Shown) -> str:
    """The last line, without the air in it."""
    rows = ["".join([segment.text for segment in strip]) for strip in shown.strips()]
    return " ".join(rows[-1].split())


NAMED: dict[str, tuple[State, str]] = {
    "a run that has ended": (lobby("tab", "j", shows="84 of 100"), "enter Review t Tour"),
    "a run that was left": (lobby("tab", "j", "k", shows="You left it"), "enter Continue t Tour"),
    "reading about a run": (lobby("tab", "j", "tab", shows="84 of 100"), "enter Review t Tour"),
    "back among the drills": (lobby("tab", "j", "shift+tab", shows="Five apologies"), "enter Start t Tour"),
    "nothing is found": (lobby("slash", write="ztprc", shows="Nothing here has"), "esc Show all F1 Help"),
    "nothing can be played": (lobby(found=broken, shows="soup.yaml:3:11"),
                               "t Tour p Your progress c Continue r Last review q Quit"),
    "no row waits": (desk(quiet, shows="Nothing waits"), "c Classify h Hint v All actions"),
    "no row waits and nobody helps": (desk(lambda: ScriptedSession(coach="off"), shows="Nothing waits"),
                                      "c Classify v All actions"),
    "a hint with more": (desk(asked, "h", shows="? Of those"), "enter Open r Reply d Dismiss c Classify h More"),
    "a hint is closed": (desk(asked, "h", "escape", shows="Queue"), "enter Open r Reply d Dismiss c Classify h Next"),
    "a hint while one writes": (desk(judged, *CARE, "r", write=POOR, then=("f2",), shows="closes"),
                                "^s Send F3 Fact F2 More help F4 Approval esc Close the hint"),
    "a skill without an exercise": (learner("G", tried=MANY, shows="2 of 10 passed"), "esc Lobby"),
    "answers to choose from": (cards(shows="card 1 of 2"), "j k Move 1 … 2 Choose at once"),
    "the briefing": (SCREENS["briefing"], "space Read on enter Begin (STARTEX) l The plan esc Back ? Help"),
    "the end of the briefing": (SCREENS["briefing-end"], "enter Begin (STARTEX) l The plan esc Back ? Help"),
    "one's own texts": (review("3", shows="Hi Nora"), "enter Open 1-8 Pane"),
    "one's own text": (review("3", "enter", shows="sorry if you"), "j k Scroll esc Back 1-8 Pane"),
    "a moment": (review("4", shows="1 of 8"), "← → Step enter Read 1-8 Pane"),
    "a moment alone": (review("4", "enter", shows="1 of 8"), "← → Step esc Charts 1-8 Pane"),
    "all posts": (review("7", "j", shows="@p1"), "w Why o Order 1-8 Pane y Try again q Lobby x Export"),
    "one post": (review("7", "j", "enter", shows="@p1"), "esc Back 1-8 Pane"),
    "an open score": (SCREENS["review-2"], "enter Close 1-8 Pane"),
    "what goes out": (SCREENS["content"], "z Hold E Edit S Sweep"),
    "what is held": (SCREENS["content-held"], "Z Let go out E Edit S Sweep"),
    "something in the outbox": (SCREENS["outbox"], "u Take back enter Open"),
    "a plan that holds": (SCREENS["review-8-sound"], "1-8 Pane y Try again q Lobby x Export"),
    "a plan that can't be read": (SCREENS["review-8-unread"], "1-8 Pane y Try again q Lobby x Export"),
}


@pytest.mark.parametrize("where", NAMED)
async def test_the_keys_that_do_something_are_named(where: str) -> None:
    state, named = NAMED[where]
    async with state((80, 24)) as shown:
        line = last(shown).removeprefix("j k Scroll ") if named[:3] != "j k" else last(shown)
        assert line.startswith(named)


async def test_a_key_and_its_range_are_painted_as_keys() -> None:
    async with SCREENS["card"]((80, 24)) as shown:
        row = list(shown.strips()[-1])
        assert {"j k", "1 … 2", "esc", "?"} <= {segment.text for segment in row if segment.style and segment.style.bold}


async def test_a_click_does_what_the_key_does() -> None:
    async with review("7", "j", "enter", shows="@p1")((80, 24)) as shown:
        at = "".join([segment.text for segment in shown.strips()[-1]]).index("Back")
        await shown.pilot.click(offset=(at, 23))
        await shown.settle()
        assert "w Why o Order" in last(shown)


async def test_x_writes_the_report_from_among_the_posts_too() -> None:
    async with review("7", "j", "x", shows="Write the report")((80, 24)) as shown:
        assert any("A workbook" in line for line in shown.lines())
