"""A card exercise: look, choose, say why, write, and hear at once what it was worth. Nothing else is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from drills.errors import DrillError
from drills.practice.dealing import Answer, Dealt, Told, tell
from drills.practice.model import Choice
from tui import keys
from tui.safe import content, line
from tui.screens import cards_text as words
from tui.screens.cards_options import Options
from tui.screens.cards_table import CardTable, Ended
from tui.screens.cards_writing import CardsWriting
from tui.screens.help_words import help_words
from tui.widgets.composer import Text
from tui.widgets.foot import Foot

ABOUT = """
Look at the card, then take an answer by its number, with the mouse, or go to it with `j` `k` and press `enter`: none is
chosen before you do. You hear at once what it leads to. `PgDn` and `PgUp` scroll a long card. Where a text is asked
for, the lines below it say what it does while you write. Every answer is kept when it is given: leave with `esc`
whenever you like.
"""


GOES_ON = ("heard", "told", "result")
"""The phases in which enter goes on."""
LAID_OUT = 0.05
"""Seconds after which what was shown has its place."""


class CardsScreen(CardsWriting):
    """See the module. It is dismissed with None when somebody leaves or has finished."""

    CSS_PATH = "cards.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (40, "-high")]
    SCOPES = ("app", "cards")
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("cards")]

    def __init__(self, table: CardTable, *, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._table, self._today = table, today
        self._choice = self._reason = ""
        self._phase = ""
        """choose, reason, heard (what the answer is worth, before a text is asked for), write, told or result."""
        self._dealt: Dealt | None = None
        self._last: Told | None = None
        self._ended: Ended | None = None

    @classmethod
    def of(cls, name: str, home: Path) -> CardsScreen:
        """The exercise of that name, from where it was left. Raises SourceError or DrillError if there is none."""
        return cls(CardTable.of(name, home))

    @property
    def HELP(self) -> str:  # type: ignore[override]  # noqa: N802
        """The keys as they are bound now."""
        return help_words("Cards", ABOUT, "cards")

    def compose(self) -> ComposeResult:
        """How far one is, the card and what is asked, the keys."""
        yield Static("", id="head")
        with Container(id="room"), VerticalScroll(id="table"):
            yield Static("", id="card")
            yield Static("", id="told")
            yield Static("", id="asks")
            yield Options(id="options", markup=False)
            yield Text("", id="text", soft_wrap=True, show_line_numbers=False, compact=True,
                       highlight_cursor_line=False)  # fmt: skip
            yield Static("", id="checks")
            yield Static("", id="go")
        yield Foot(id="foot")

    def on_mount(self) -> None:
        """The first card that is not answered."""
        self._deal()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self.call_after_refresh(self._paint)

    # -- the way through a card --------------------------------------------------------------------------------

    def _deal(self) -> None:
        self._dealt, self._choice, self._reason, self._last = self._table.open, "", "", None
        if self._dealt is None:
            self._finish()
        else:
            self._go("choose" if self._dealt.choices else "reason" if self._dealt.reasons else "write")

    def _go(self, phase: str) -> None:
        self._phase = phase
        if phase == "write" and self._dealt is not None:
            text = self.query_one(Text)
            text.load_text(self._table.drafted(self._dealt))
            text.move_cursor(text.document.end)
        options = self.query_one(Options)
        options.set_options([Option("") for _ in self._offered()])  # none is chosen: one enter too many takes nothing
        self._show()
        self._paint()
        {"write": self.query_one(Text), "choose": options, "reason": options}.get(
            phase, self.query_one("#table")
        ).focus()
        if phase in ("choose", "result"):
            self.query_one("#table", VerticalScroll).scroll_home(animate=False)
        self.set_timer(LAID_OUT, self._into_view)

    def _into_view(self) -> None:
        """What is new is what is seen."""
        place = {"reason": "#options", "write": "#checks", "told": "#told", "heard": "#told"}.get(self._phase)
        if place:
            self.query_one(place).scroll_visible(animate=False, top=self._phase in GOES_ON, force=True)
        self._foot()

    def _offered(self) -> tuple[Choice, ...]:
        if self._dealt is None:
            return ()
        return {"choose": self._dealt.choices, "reason": self._dealt.reasons}.get(self._phase, ())

    @on(OptionList.OptionHighlighted, "#options")
    def _pointed(self) -> None:
        """The pointer is drawn where it is, and is in sight in a card that is longer than the screen."""
        self._paint()
        options = self.query_one(Options)
        if options.highlighted is not None:
            high = [str(one.prompt).count("\n") + 1 for one in options.options[: options.highlighted + 1]]
            top = options.virtual_region.y + sum(high[:-1])
            self.query_one("#table").scroll_to_region(Region(0, top, 1, high[-1]), animate=False)

    @on(OptionList.OptionSelected, "#options")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        dealt, taken = self._dealt, self._offered()[event.option_index].id
        assert dealt is not None
        if self._phase == "choose":
            self._choice = taken
            if dealt.reasons:
                self._go("reason")
                return
        else:
            self._reason = taken
        if dealt.card.writes is not None:
            self._go("heard")
        else:
            self._answer("")

    def _answer(self, text: str) -> None:
        dealt = self._dealt
        assert dealt is not None
        try:
            self._last = self._table.answer(Answer(dealt.card.id, self._choice, self._reason, text))
        except DrillError as error:
            self.notify(line(str(error), 300), severity="error", timeout=10, markup=False)
            return
        self._go("told")

    def _finish(self) -> None:
        try:
            self._ended = self._table.end()
        except DrillError as error:
            self.notify(line(str(error), 300), severity="error", timeout=10, markup=False)
            return
        self._go("result")

    # -- keys --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A key works where it means something."""
        if action == "hand_in":
            return self._phase == "write"
        if action == "next":
            return self._phase in GOES_ON or self.query_one(Options).highlighted is not None
        if action in ("move", "number"):
            return self._phase != "write" and (action == "move" or bool(self._offered()))
        return action != "again" or self._phase == "result"

    def action_next(self) -> None:
        """Take the answer with the pointer; else the next card; after the last one what it came to; then home."""
        if self._offered():
            self.query_one(Options).action_select()
        elif self._phase == "result":
            self.dismiss(None)
        elif self._phase == "heard":
            self._go("write")
        else:
            self._deal()

    def action_move(self, by: int) -> None:
        """To the next answer or the one before; what is told is scrolled."""
        options = self.query_one(Options)
        if self._offered():
            options.focus()
            options.action_cursor_down() if by > 0 else options.action_cursor_up()
        else:
            self.query_one("#table").scroll_relative(y=by, animate=False)

    def action_number(self) -> None:
        """Have the numbers take answers again, after the card was clicked."""
        self.query_one(Options).focus()

    def action_page(self, by: int) -> None:
        """A page further down or up in a long card."""
        table = self.query_one("#table")
        table.scroll_relative(y=by * max(1, table.size.height - 2), animate=False)

    def action_again(self) -> None:
        """The same exercise once more."""
        self._table, self._ended = self._table.again(), None
        self._deal()

    def action_hand_in(self) -> None:
        """The text is finished."""
        if text := self._finished():
            self._answer(text)

    def action_leave(self) -> None:
        """Home; what is answered is kept."""
        self.dismiss(None)

    async def on_click(self, event: events.Click) -> None:
        """The line that says what comes next can be clicked."""
        if event.widget is self.query_one("#go") and self._phase in GOES_ON:
            self.action_next()

    # -- painting ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """What belongs to this phase."""
        phase = self._phase
        shown = {
            "card": phase != "result",
            "told": phase in GOES_ON or phase == "reason",
            "asks": phase in ("choose", "reason", "write"),
            "options": phase in ("choose", "reason"),
            "text": phase == "write",
            "checks": phase == "write",
            "go": phase in GOES_ON,
        }
        for name, on_ in shown.items():
            self.query_one(f"#{name}").set_class(not on_, "-off")

    @property
    def _width(self) -> int:
        """Cells for words on the table."""
        return min(words.WIDEST, self.query_one("#table").scrollable_content_region.width - 2)

    def _paint(self) -> None:
        if not self._phase:
            return
        width = self._width
        if width < 10:
            return
        self.query_one("#head", Static).update(words.head(self._table, self.size.width, told=self._phase == "told"))
        self.query_one("#go", Static).update(Content.assemble(("enter", "bold"), f"  {self._next}"))
        self._foot()
        if self._ended is not None and self._phase == "result":
            self.query_one("#told", Static).update(words.result(self._table, self._ended, self._today(), width))
        elif self._dealt is not None:
            self._paint_card(self._dealt, width)

    @property
    def _next(self) -> str:
        """What enter leads to, where the phase is one that is only read."""
        told = "result" if self._table.open is None else "next card"
        return {"told": told, "result": "back to the lobby", "heard": "now write it"}.get(self._phase, "")

    def _foot(self) -> None:
        pointed = self.query_one(Options).highlighted is not None
        long = bool(self.query_one("#table").max_scroll_y)
        names = words.foot(self._phase, len(self._offered()), self._next, pointed=pointed, long=long)
        self.query_one(Foot).paint("card-text" if self._phase == "write" else "cards", names)

    def _paint_card(self, dealt: Dealt, width: int) -> None:
        card, phase = dealt.card, self._phase
        self.query_one("#card", Static).update(words.card(dealt, width - 2))
        asks = {"choose": card.asks, "reason": card.why, "write": card.writes.asks if card.writes else ""}
        self.query_one("#asks", Static).update(content(asks.get(phase, "")))
        options = self.query_one(Options)
        for at, choice in enumerate(self._offered()):
            # as wide as the table leaves it: a list that was hidden a moment ago has no width of its own yet
            shown = words.option(at + 1, choice, width - 2, here=at == options.highlighted)
            options.replace_option_prompt_at_index(at, shown)
        if phase == "told" and self._last is not None:
            answer = self._table.answers[card.id]
            self.query_one("#told", Static).update(words.told(dealt, self._last, width, text=answer.text))
        elif phase == "reason":
            self.query_one("#told", Static).update(words.taken(dealt, self._choice, width))
        elif phase == "heard":
            heard = tell(dealt, Answer(card.id, self._choice, self._reason))
            self.query_one("#told", Static).update(words.told(dealt, heard, width, whole=False))
        elif phase == "write":
            self._count()
