"""Help: every key and every sign, made from the key map. The seven keys one needs most stand first, then the pane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Markdown

from tui import keys
from tui.glyphs import FLAGS, LATE, NEEDS, SOON, Sign
from tui.screens.dialogs import Dialog
from tui.screens.help_words import seven, seven_of
from tui.widgets.page import Page
from tui.widgets.prose import Lines, hang, styled, wrapped

ABOUT = {
    "queue": "Queue. Posts that need the same answer are one row; the most urgent is on top. "
    "While you move in it, new rows are only counted; {last} or {what-next} takes them in. {what-next} goes to the "
    "most urgent. {expand} opens a group in place, {by-theme} and {by-channel} show one theme or channel, {filter} "
    "only what you look for.",
    "feed": "Feed. Everything that is posted, as it comes. Moving up stops following; {follow} or {last} follows "
    "again. {expand} shows the answers to a post, {author} all that its author posted, {copy} copies it, the mouse "
    "selects words.",
    "inbox": "Inbox. What came to you directly. Enter opens it.",
    "team": "Team. Who can be reached and where that stands; your drafts that wait for approval. "
    "Enter opens what you and a colleague have said to each other.",
    "facts": "Facts. What is known. Only what may be said belongs in a public text; the rest shows why not.",
    "content": "Content. What is scheduled in your name, whose it is and when it goes out.",
    "log": "Log. What happened at this desk.",
    "thread": "Thread. The conversation, what you have answered, and the facts you may use.",
    "composer": "Composer. Write, check, {review}, then {send}. Five seconds in the outbox, then it is out.",
}
WAYS = {
    "inbox": ("{reply} answers", "{decide} decides on a draft"),
    "team": ("{ask} asks", "{inform} informs", "{escalate} escalates"),
    "content": ("{pause} holds it", "{resume} lets it go after all", "{edit} changes its words"),
}
"""What follows it, each as far as the seat may do it."""
MORE = (
    Sign(LATE.glyph, "late"), Sign(SOON.glyph, "soon"), Sign(FLAGS["done"].glyph, "answered"),
    Sign(NEEDS["own"].glyph, "us"),
)  # fmt: skip
"""What else stands before a row: how soon it is due, that it was answered, and that we wrote it."""
_FIRST = {"composer": "Composer", "content": "Content", "team": "People", "queue": "Triage"}


class HelpScreen(Dialog[None]):
    """See the module. Esc, ? or q closes it."""

    DEFAULT_CSS = """
    HelpScreen > .box { width: 96; max-width: 100%; height: 94%; }
    HelpScreen VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    HelpScreen MarkdownH1 { margin: 0 0 1 0; content-align: left middle; }
    HelpScreen MarkdownH2 { margin: 0; color: $primary; }
    HelpScreen Markdown { padding: 0 1 0 0; }
    HelpScreen Markdown MarkdownBlock:dark > .code_inline, HelpScreen Markdown MarkdownBlock:light > .code_inline {
        background: transparent; color: $primary; text-style: bold;
    }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("question_mark,f1,q", "cancel", "Close", show=False),
    ]

    def __init__(self, pane: str = "", words: str = "", table: Sequence[keys.Key] | None = None) -> None:
        """`pane`: which one of the desk asks. `words`: another screen's own help, in Markdown. `table`: the keys that
        lead somewhere for this seat; all of them unless it is given."""
        super().__init__()
        self.table = table
        self.pane = pane
        self.words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            if self.words:
                with VerticalScroll(can_focus=True):
                    yield Markdown(self.words)
                return
            yield Page(lambda width: help_text(self.pane, () if self.pane else ("app",), width, self.table))

    def on_mount(self) -> None:
        words = self.query_one(VerticalScroll)
        words.focus()
        self.watch(words, "show_vertical_scrollbar", self._bar)

    def _bar(self, shown: bool) -> None:
        """Name the keys that scroll where there is more than is seen."""
        self.frame("Help", "↑ ↓ scroll · esc closes" if shown else "esc closes")


def help_text(pane: str, scopes: tuple[str, ...], width: int, table: Sequence[keys.Key] | None = None) -> Content:
    """The whole text, laid out: our own words only. `table`: the keys that are told of; all of them unless given."""
    table = keys.table() if table is None else table
    known = {key.id for key in table}
    rows: list[Content] = []
    if not scopes or "desk" in scopes:
        rows += [Content("Keys to begin with").stylize("bold $primary")]
        rows += [*[Content(" ") + row for row in seven(width - 1, seven_of(known), table)], Content("")]
    if pane in ABOUT:
        about = f"{ABOUT[pane]} {keys.ways(WAYS.get(pane, ()), known)}".strip()
        rows += [*wrapped(Content(keys.told(about)), width), Content("")]
    groups = keys.groups([key for key in table if key.scope in (scopes or keys.DESK)])
    first = _FIRST.get(pane, "")
    for group in sorted(groups, key=lambda name: name != first):
        rows.append(Content(group).stylize("bold $primary"))
        for key in groups[group]:
            menu = f"{keys.named('verbs')} {key.menu}" if key.menu else ""
            left = Content.assemble((f" {key.all_shown:<9}", "bold"), (f" {menu:<4}", "$muted"))
            rows += hang(left, Content(f"{key.label}: {key.help}"), width)
        rows.append(Content(""))
    if not scopes or "desk" in scopes:
        rows.append(Content("Signs").stylize("bold $primary"))
        rows += signs(width)
    return Content("\n").join(rows)


def signs(width: int) -> Lines:
    """Every sign once, with all that it stands for."""
    words: dict[str, list[str]] = {}
    for one in (*NEEDS.values(), *FLAGS.values(), *MORE):
        words.setdefault(one.glyph, []).append(one.word)
    cells = [f"{glyph} {', '.join(dict.fromkeys(said))}" for glyph, said in words.items()]
    each = max(map(cell_len, cells)) + 2
    many = max(1, (width - 1) // each)
    rows = [cells[at : at + many] for at in range(0, len(cells), many)]
    table = [Content(" " + "".join([cell + " " * (each - cell_len(cell)) for cell in row]).rstrip()) for row in rows]
    told = "soon: less than a minute of your time is left · ^ before a key: hold ctrl"
    return [*table, *hang(" ", styled(told, "$muted"), width)]
