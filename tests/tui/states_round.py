"""The states of what lies around a drill: lobby, practice, cards, briefing, tour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from drills.drill import Drill
from drills.errors import DrillError
from drills.session import Session
from drills.shelf import RunInfo
from tests.hostile import CORPUS
from tests.tui import fakes_review as fakes
from tests.tui.fakes_cards import TODAY, two_cards
from tests.tui.fakes_plan import water
from tests.tui.state import Staged, State, screen
from tests.tui.test_learner import MANY
from tests.tui.test_lobby import SORRY, TRIED, drills, standing
from tui.screens.briefing import BriefingScreen
from tui.screens.cards import CardsScreen
from tui.screens.learner import LearnerScreen
from tui.screens.lobby import LobbyScreen
from tui.screens.opening import OpeningScreen
from tui.screens.tour import TourScreen
from tui.screens.tour_end import TourEnd
from tui.screens.tour_steps import BEGINS_MS, tour_drill

FINE = "I am sorry that your soup was cold and that you waited an hour. That was our fault."
HELLO = " Hello Mara, see you on Sunday. Ida"
LONG = "The longest title that somebody has ever given to a drill about a very small matter, and then some more of it"


def lobby(
    *keys: str,
    shows: str,
    runs: Callable[[], Sequence[RunInfo]] = fakes.runs,
    tried: Sequence[Any] = TRIED,
    found: Callable[[], list[Drill]] = drills,
    write: str = "",
    then: tuple[str, ...] = (),
) -> State:
    def made() -> LobbyScreen:
        return LobbyScreen(found, runs, cards=lambda: [SORRY], stand=standing(tried))

    return screen(made, *keys, write=write, then=then, shows=shows)


def broken() -> list[Drill]:
    raise DrillError("the drill has no scenario", "soup.yaml:3:11")


def odd_drills() -> list[Drill]:
    """Long names, and such as no terminal likes."""
    titles = (LONG, CORPUS["chinese"], CORPUS["emoji_family"], CORPUS["markup_action"])
    return [
        replace(one, file=one.file.model_copy(update={"title": title}))
        for one, title in zip(drills(), titles, strict=True)
    ]


def odd_runs() -> list[RunInfo]:
    titles = (LONG, CORPUS["chinese"], CORPUS["csi_clear"])
    return [replace(one, title=title) for one, title in zip(fakes.runs(), titles, strict=True)]


def learner(*keys: str, tried: Sequence[Any], shows: str) -> State:
    return screen(lambda: LearnerScreen(Path("nowhere"), read=lambda: standing(tried)(drills())), *keys, shows=shows)


def cards(*keys: str, write: str = "", then: tuple[str, ...] = (), shows: str) -> State:
    def opens(app: Staged) -> None:
        app.push_screen(CardsScreen(two_cards(app.folder()), today=TODAY.date))

    return State(opens, keys, write, then, shows)


def tour(*keys: str, write: str = "", then: tuple[str, ...] = (), shows: str) -> State:
    """The tour, whose session has a clock that stands."""

    def opens(app: Staged) -> None:
        session = Session.start(tour_drill(), app.folder(), clock=lambda: 0.0)
        session.skip_to(BEGINS_MS)
        app.take(TourScreen(session), session)

    return State(opens, keys, write, then, shows)


def toured(app: Staged) -> None:
    app.push_screen(LobbyScreen(drills, list, cards=lambda: [SORRY], stand=standing()))
    app.push_screen(TourEnd(fakes.DRILL))


ROUND: dict[str, State] = {
    "opening": screen(lambda: OpeningScreen("Reading the drills …"), shows="Reading the drills"),
    "lobby": lobby(shows="due since 21 November"),
    "lobby-new": lobby(runs=list, tried=(), shows="First time here?"),
    "lobby-drill": lobby("j", "j", shows="Brightpan"),
    "lobby-runs": lobby("tab", "j", shows="left at T+0:12:30"),
    "lobby-found": lobby("slash", write="recall", then=("enter",), shows="1 of 5"),
    "lobby-nothing": lobby("slash", write="ztprc", shows="Nothing here has these"),
    "lobby-broken": lobby(found=broken, shows="soup.yaml:3:11"),
    "lobby-odd": lobby(found=odd_drills, runs=odd_runs, tried=(), shows="The longest title"),
    "learner": learner(tried=MANY, shows="2 of 10 passed"),
    "learner-new": learner(tried=(), shows="0 of 10 passed"),
    "learner-none": learner("G", "enter", tried=MANY, shows="There is no exercise of this skill"),
    "card": cards(shows="card 1 of 2"),
    "card-reason": cards("1", shows="What told you?"),
    "card-told": cards("2", "2", shows="Somebody is left in danger"),
    "card-text": cards("1", "1", "enter", shows="characters left"),
    "card-checks": cards("1", "1", "enter", write="We are sorry if you feel that way.", shows="86 characters left"),
    "card-text-told": cards("1", "1", "enter", write=FINE, then=("ctrl+s",), shows="That can go out."),
    "card-passed": cards("1", "1", "enter", write=FINE, then=("ctrl+s", "enter"), shows="PASSED"),
    "card-not-passed": cards("2", "2", "enter", write="Soup is soup.", then=("ctrl+s", "enter"), shows="NOT YET"),
    "briefing": screen(lambda: BriefingScreen(fakes.DRILL), shows="STARTEX"),
    "briefing-end": screen(lambda: BriefingScreen(fakes.DRILL), "G", shows="NO DUFF"),
    "briefing-plan": screen(lambda: BriefingScreen(water().drill), "l", "3", shows="Call at L3"),
    "tour": tour(shows="Go down to Mara"),
    "tour-words": tour("j", "enter", "r", "f3", "enter", shows="Now add a few words"),
    "tour-recall": tour(
        "j", "enter", "r", "f3", "enter", write=HELLO, then=("ctrl+s", "y"), shows="The countdown stands still"
    ),
    "tour-end": State(toured, shows="The tour is over"),
}
