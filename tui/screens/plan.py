"""The plan at the desk: whom to call, who does what, the way to the end, for the level that the team has declared.

It lies over the desk, whose clock goes on; before a drill it lies over the briefing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from drills.coach.calls import reached_ms
from drills.drill import Drill
from drills.plan.flow import kind_for
from drills.plan.showing import word
from drills.practice.marks_model import LevelNeverAbove
from scenarios.moments import show_moment
from scenarios.terms import LEVEL_NAMES
from tui.safe import line
from tui.screens.dialogs import Dialog
from tui.screens.plan_now import View
from tui.screens.plan_text import PAGES, found, kinds, page, plain
from tui.widgets.foot import Clickable
from tui.widgets.page import Page
from tui.widgets.typing import Field

if TYPE_CHECKING:
    from tui.session_view import SessionView

SECOND = 1.0
UNCLEAR = 2
"""The level whose page opens while the team has named none: the first at which the plan says much."""


class PlanScreen(Dialog[str]):
    """See the module. The answer: `stop` for a real emergency, `escalate` to call somebody, else None."""

    CSS_PATH = "plan.tcss"
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("q,l", "cancel", "Close", show=False),
        Binding("escape", "back", "Close", show=False),
        *[Binding(str(level), f"level({level})", LEVEL_NAMES[level], show=False) for level in range(5)],
        Binding("left", "step(-1)", "Lower level", show=False),
        Binding("right", "step(1)", "Higher level", show=False),
        Binding("tab", "turn(1)", "Next page", show=False),
        Binding("shift+tab", "turn(-1)", "Page before", show=False),
        Binding("n", "kind(1)", "Another kind", show=False),
        Binding("N", "kind(-1)", "Kind before", show=False),
        Binding("slash", "find", "Find", show=False),
        Binding("e", "leave('escalate')", "Escalate", show=False),
        Binding("X,f10", "leave('stop')", "STOP", show=False),
        # What works everywhere does not reach through a dialogue by itself.
        Binding("question_mark,f1", "app.help", "Help", show=False),
        Binding("f9", "app.toggle_light", "Light or dark", show=False),
    ]
    HELP = """
# The plan

What the contingency plan says, and how far this run has come along it. Nothing here is advice of the drill: every
line is the plan's or the run's.

- `tab` next page, `0` to `4` or the arrows left and right: another level
- `n` and `N`: another kind of crisis, for Path, Kinds and Texts
- `/` finds words on all pages, `esc` shows all again
- `e` calls somebody, `X` stops for a real emergency, `esc` closes

A dashed box is a place where the plan says nothing.
"""

    def __init__(self, drill: Drill, session: SessionView | None = None, *, seat: str = "") -> None:
        """`session`: the run whose progress is shown; none before STARTEX. `seat`: who looks, where there is none; the
        drill's first seat unless it is given."""
        super().__init__()
        self._seat = session.seat if session is not None else seat or drill.file.seats[0]
        self._drill = drill
        self._session = session
        said = session.desk.level if session is not None else None
        cause = session.desk.classification.root_cause if session is not None and session.desk.classification else ""
        self.level = _before(drill) if said is None else said
        self.kind = kind_for(drill.plan, cause) if drill.plan is not None else ""
        self.page_name = "now"

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            if self._drill.plan is not None:
                yield Clickable(id="level")
                yield Clickable(id="pages")
            yield Page(self._text, id="text")
            with Horizontal(id="finder"):
                yield Static("Find: ", id="find-label")
                yield Field(id="find", placeholder="words to find in the plan", compact=True)

    def on_mount(self) -> None:
        plan = self._drill.plan
        version = f", version {line(plan.meta.version, 12)}" if plan else ""
        title = f"The plan of {line(plan.company.name, 40)}{version}" if plan else "No plan"
        self.frame(title, "")
        self.query_one(Page).focus()
        self._show()
        if self._session is not None:
            self.set_interval(SECOND, self._again)

    def on_resize(self) -> None:
        """Another size, and what fits is another."""
        self.call_after_refresh(self._say_keys)

    def _say_keys(self) -> None:
        """Name the keys of now in the border."""
        finding = self.query_one("#find")
        call = " · e calls" if self._session is not None and self._session.may("escalate") else ""
        scroll = "↑ ↓ scroll · " if self.query_one(Page).max_scroll_y else ""
        keys = f"tab page · {scroll}0-4 level · n kind · / find{call} · esc closes"
        if self._drill.plan is None:
            keys = "esc closes"
        elif finding.has_focus:
            keys = "enter reads · esc shows all"
        elif self.query_one("#finder").display:
            keys = f"/ other words{call} · esc shows all"
        self.query_one(".box").border_subtitle = Content(keys)

    def on_descendant_focus(self) -> None:
        """While one types, letters are letters."""
        self._say_keys()

    # -- what is shown -----------------------------------------------------------------------------------------

    @property
    def view(self) -> View | None:
        """What is looked at; None where there is no plan."""
        plan, session = self._drill.plan, self._session
        if plan is None:
            return None
        return View(self._drill, plan, self._seat, self.level, self.kind, session.desk if session is not None else None)

    def _text(self, width: int) -> Content:
        view = self.view
        if view is None:
            return plain(self._drill, width)
        return found(view, self._words, width) if self._words else page(view, self.page_name, width)

    @property
    def _words(self) -> str:
        """What is searched for."""
        return self.query_one("#find", Input).value.strip()

    def _again(self) -> None:
        """The countdowns go on; where one reads stays where it is."""
        self.query_one(Page).repaint()

    def _show(self, top: bool = True) -> None:
        self.query_one(Page).repaint(self._text if top else None)
        self.call_after_refresh(self._say_keys)
        if self._drill.plan is not None:
            self._heads()

    def _heads(self) -> None:
        plan, desk = self._drill.plan, self._session.desk if self._session is not None else None
        assert plan is not None
        parts: list[tuple[Content, str]] = []
        for level in range(5):
            label = line(plan.severity.at(level).label, 14)
            style = "bold reverse" if level == self.level else "$muted"
            parts.append((Content.styled(f" {level} {label} ", style), f"level({level})"))
        parts.append((Content.styled("  " + self._declared(desk is not None), "$muted"), ""))
        self.query_one("#level", Clickable).put(parts)
        here = "" if self._words else self.page_name  # what was found stands on no page of its own
        tabs = [
            (Content.styled(f" {title} ", "bold reverse" if name == here else ""), f"page('{name}')")
            for name, title in PAGES.items()
        ]
        if plan.playbooks:
            tabs.append((Content.styled(f"  kind: {word(self.kind) or 'none'}", "$muted"), "kind(1)"))
        self.query_one("#pages", Clickable).put(tabs)

    def _declared(self, playing: bool) -> str:
        if not playing or self._session is None:
            return ""
        desk = self._session.desk
        if desk.level is None:
            return "no level said yet"
        since = reached_ms(desk, desk.level)
        return f"L{desk.level} since {show_moment(since)}" if since is not None else ""

    # -- keys --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Without a plan there is nothing to turn; without a run nobody to call and nothing to stop."""
        if action in ("level", "step", "turn", "kind", "find", "page"):
            return self._drill.plan is not None
        return self._session is not None if action == "leave" else True

    def action_level(self, level: int) -> None:
        """Look at another level."""
        self.level = level
        self._show()

    def action_step(self, by: int) -> None:
        """One level up or down."""
        self.action_level(max(0, min(4, self.level + by)))

    def action_page(self, name: str) -> None:
        """To a page; what was searched for is let go."""
        self.page_name = name
        self._close_find()
        self._show()

    def action_turn(self, by: int) -> None:
        """The page after or before."""
        order = list(PAGES)
        self.action_page(order[(order.index(self.page_name) + by) % len(order)])

    def action_kind(self, by: int) -> None:
        """Another kind of crisis."""
        plan = self._drill.plan
        if plan is not None:
            order = kinds(plan)
            self.kind = order[(order.index(self.kind) + by) % len(order)]
            self._show()

    def action_find(self) -> None:
        """Ask for words."""
        box = self.query_one("#find", Input)
        self.query_one("#finder").display = True
        self.set_focus(box)  # at once: whoever types fast must not have letters taken for keys

    def action_back(self) -> None:
        """Out of the search, else out of the plan."""
        if self.query_one("#finder").display:
            self._close_find()
            self._show()
        else:
            self.dismiss(None)

    def action_leave(self, answer: str) -> None:
        """Close, and have the desk do something."""
        self.dismiss(answer)

    def _close_find(self) -> None:
        box = self.query_one("#find", Input)
        box.value = ""
        self.query_one("#finder").display = False
        self.query_one(Page).focus()
        self._say_keys()

    @on(Input.Changed, "#find")
    def _typed(self) -> None:
        self._show()

    @on(Input.Submitted, "#find")
    def _read(self) -> None:
        self.query_one(Page).focus()


def _before(drill: Drill) -> int:
    """What to look at before a level is said: no higher than an exercise may be called."""
    marks = drill.file.practice.passes if drill.file.practice is not None else ()
    return min([UNCLEAR, *[mark.level_never_above for mark in marks if isinstance(mark, LevelNeverAbove)]])
