"""The states of the facilitator's console."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.tui.fakes_console import FakeRoom, running, steered, waiting
from tests.tui.state import State


def console(
    make: Callable[[Path], FakeRoom], *keys: str, write: str = "", then: tuple[str, ...] = (), shows: str
) -> State:
    """A state of the console of a room."""
    return State(lambda app: app.open_desk(make(app.folder())), keys, write, then, shows)  # type: ignore[arg-type]


def lost(folder: Path) -> FakeRoom:
    room = running(folder)
    room.lost = "the host has gone"
    return room


CONSOLE: dict[str, State] = {
    "console-before": console(waiting, shows="STARTEX"),
    "console": console(running, shows="next in 50s"),
    "console-steered": console(steered, "g", shows="held"),
    "console-ready": console(running, "G", shows="ready"),
    "console-seats": console(steered, "2", shows="SML"),
    "console-people": console(running, "3", shows="Lea Sand"),
    "console-notes": console(steered, "4", shows="Nobody has looked"),
    "console-desk": console(steered, "5", shows="Still no bottles"),
    "console-lost": console(lost, shows="no connection"),
    "console-fire": console(running, "enter", shows="Fire now?"),
    "console-move": console(running, "s", write="5", shows="T+0:18:30"),
    "console-intensity": console(steered, "g", "i", shows="Volume"),
    "console-whom": console(running, "p", shows="Speak as whom?"),
    "console-speak": console(running, "p", "enter", write="We still have no water.", shows="Speak as"),
    "console-decide": console(running, "d", shows="Decide on which"),
    "console-return": console(running, "d", "enter", "r", shows="What has to change"),
    "console-nudge": console(running, "2", "m", write="Who speaks for you?", shows="Nobody else sees it"),
    "console-note": console(running, "2", "n", write="Calm under fire.", shows="About"),
    "console-startex": console(waiting, "space", shows="Not ready yet"),
    "console-endex": console(running, "E", shows="ENDEX: end"),
    "console-help": console(running, "question_mark", shows="Exercise control"),
}
