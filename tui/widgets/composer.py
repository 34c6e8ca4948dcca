"""The composer: a text, what it is and to whom, live checks, and a last look before it goes.

Rules
1. Every change is saved as a draft at once; leaving never loses a word.
2. Sending takes two keys: ctrl+s shows the text once more, then y. What is sent waits in the outbox.
3. The checks advise and stop nobody; in training alone a text that would hurt somebody (G-SAFE) or give personal data
   away (G-PII) asks for a second y.
4. F2 goes one rung up in the coach's help with this text; esc closes that first.
5. The semantic layer, where there is one, adds a line when it is ready; what it says of an older text is dropped.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from drills.coach.draft import spots
from drills.errors import DrillError
from drills.judging import context_of
from drills.plan.showing import listed
from drills.tone.semantic import Advice
from engine.reading import Reading
from scenarios.text import clean
from tui import keys
from tui.safe import content, fit, line
from tui.session_view import SessionView
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.composer_options import APPROVED_AS, chosen, options, retell
from tui.widgets.draft_coach import DraftCoach
from tui.widgets.job import Job
from tui.widgets.last_look import LastLook, reasons
from tui.widgets.signoff_line import SignOffLine
from tui.widgets.typing import Area
from tui.widgets.wrap import wrap

if TYPE_CHECKING:
    from drills.tone.background import Background

DEBOUNCE = 0.4
SMALL = 30
"""A screen of fewer rows is a small one."""
SMALL_ROWS, ROWS = (2, 5), (4, 8)
"""The fewest and the most rows of the text, on a small screen and on others."""
MOST_CHECKS = 12
"""Rows of the checks."""
MOST_ABOUT = 40
"""Cells for the first words of what is answered, at most."""
LEAST_ABOUT = 12
"""In fewer cells they say nothing, and are left out."""
ANYWAY = "Send all the same"
"""What the second y does."""
_OPENS = "(\"“‘«@#"
"""What belongs to the word after it."""


class Text(Area):
    """The text itself; tab goes to the next field."""

    DEFAULT_CSS = """
    Text { & .text-area--placeholder { color: $muted; } }
    """

    def on_focus(self) -> None:
        """Nothing is selected by coming here."""
        self.cursor_blink = False


class Review(Static, can_focus=True):
    """The last look: y sends, e edits."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = []


class Composer(Vertical):
    """See the module's rules. `begin` starts a job; messages say what became of it."""

    DEFAULT_CSS = """
    Composer {
        height: auto; max-height: 16; display: none; padding: 0 1;
        border: round $border-blurred; border-title-color: $foreground; border-subtitle-color: $muted;
        &.-open { display: block; }
        &:focus-within { border: round $primary; }
        & > Text { height: 5; border: none; padding: 0; background: $background; }
        & > Text:focus { border: none; }
        & > #objection { height: auto; max-height: 3; display: none; color: $warning; }
        & > #checks { height: auto; max-height: 12; color: $foreground; }
        & > Review { height: 1; display: none; background: $boost; color: $foreground; }
        &.-review > Review { display: block; }
        &.-review > LastLook { display: block; }
        &.-review > Text { display: none; }
    }
    """
    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [*keys.bindings("composer", "review")]

    class Sent(Message):
        """Somebody pressed y: to the outbox with it."""

        def __init__(self, job: Job, text: str) -> None:
            super().__init__()
            self.job = job
            self.text = text

    class Kept(Message):
        """Closed; what was written, if anything, is kept."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Says(Message):
        """A word to the person who writes."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Stopped(Message):
        """Somebody pressed y, and is asked once more."""

    class Hinted(Message):
        """A hint was asked for, or is closed."""

    class Wants(Message):
        """Something that the screen has to ask: fact, approval or templates."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    class Advised(Message):
        """The semantic layer has read a text, or has nothing to say of it."""

        def __init__(self, text: str, advice: Advice | None) -> None:
            super().__init__()
            self.text = text
            self.advice = advice

    def __init__(
        self, session: SessionView, *, coach: str = "on", me: str = "", id: str | None = None  # noqa: A002
    ) -> None:
        """`me`: which of the colleagues writes, if that can be told."""
        super().__init__(id=id)
        self.session = session
        self.me = me
        self.job: Job | None = None
        self._later: Timer | None = None
        self._checks = Content("")
        self._room_to_look, self._reasons = 0, 1
        """Rows for the text that is about to go with a reason to think twice, and for that reason."""
        self.helper = DraftCoach(session, coach)

    def compose(self) -> ComposeResult:
        yield SignOffLine(self.session)
        yield Static("", id="objection")
        yield Text("", soft_wrap=True, show_line_numbers=False, compact=True, highlight_cursor_line=False)
        yield LastLook()
        yield Static("", id="checks")
        yield Review("")

    @property
    def coach(self) -> str:
        """on, ask or off."""
        return self.helper.mode

    @coach.setter
    def coach(self, mode: str) -> None:
        self.helper.mode = mode

    # -- beginning and ending ----------------------------------------------------------------------------------

    @property
    def open(self) -> bool:
        """Whether something is being written."""
        return self.job is not None

    @property
    def area(self) -> Text:
        return self.query_one(Text)

    @property
    def text(self) -> str:
        """What stands there now."""
        return self.area.text

    async def begin(self, job: Job, text: str | None = None) -> None:
        """Write something: the draft is offered again unless a text is given."""
        if self.job is not None:
            self._save()
        self.job = job
        self.helper.begin()
        await self.query("ChoiceLine, Signature").remove()
        lines = options(job, self.session.desk, self.session.drill.plan, self.me)
        await self.mount_all(lines, before=self.query_one(SignOffLine))
        self.remove_class("-review")
        self.add_class("-open")
        objection = self.query_one("#objection", Static)
        objection.display = bool(job.objection)
        objection.update(content(line(job.objection)))
        kept = self.session.draft(job.slot)
        area = self.area
        area.read_only = False
        area.placeholder = Content(job.hint)
        area.load_text(text if text is not None else kept or job.start)
        area.move_cursor(area.document.end)
        self._describe()
        self.sign_off()
        self._grow()
        self.query_one("#checks", Static).update("")
        self._check_later()
        if text is None and kept:
            self.query_one("#checks", Static).update(Content("your draft from before").stylize("$muted"))
        area.focus()

    def on_resize(self) -> None:
        """Its title has another room."""
        self._describe()

    def current(self) -> Job | None:
        """The job with what the option lines say now."""
        return chosen(self, self.job) if self.job is not None else None

    def close_up(self) -> None:
        """Nothing is written any more."""
        self.job = None
        self.remove_class("-open", "-review")

    # -- title and checks --------------------------------------------------------------------------------------

    def _describe(self) -> None:
        job = self.current()
        if job is None:
            return
        room = max(20, (self.size.width or self.app.size.width) - 2)
        title = job.title
        while cell_len(title) > room and " · " in title:
            title = title.rpartition(" · ")[0]
        left = min(MOST_ABOUT, room - cell_len(title) - len(" · “”"))
        about = f" · “{line(job.about, left)}”" if job.about and left >= LEAST_ABOUT and title == job.title else ""
        self.border_title = content(fit(f"{title}{about}", room))
        limit = self.limit(job)
        used = len(self.text)
        if limit:
            left = limit - used
            words = f"{left} characters left" if left >= 0 else f"! {-left} characters too many"
        else:
            words = f"{used} characters"
        self.border_subtitle = Content(words)

    def limit(self, job: Job) -> int:
        """The most characters its channels take, or 0 where nothing limits it."""
        limits = {channel.id: channel.char_limit for channel in self.session.desk.scenario.channels}
        where = job.channels
        if job.do == "reply" and job.target in self.session.desk.posts:
            where = (self.session.desk.posts[job.target].event.channel,)
        return min([limits[channel] for channel in where if channel in limits], default=0)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.job is None:
            return
        self._save()
        self._describe()
        self._grow()
        self._check_later()

    def _grow(self) -> None:
        """The text takes the rows that it needs, so that the checks have the others."""
        shortest, longest = SMALL_ROWS if self.app.size.height < SMALL else ROWS
        self.area.styles.height = min(longest, max(shortest, self.area.wrapped_document.height))

    def _save(self) -> None:
        if self.job is not None and self.session.draft(self.job.slot) != self.text:
            self.session.save_draft(self.job.slot, self.text)

    @on(ChoiceLine.Chosen)
    @on(Input.Changed)
    def _option(self) -> None:
        if (job := self.current()) is not None:
            retell(self, job, self.session.desk, self.session.drill.plan, self.me)
        self._describe()
        self.sign_off()
        self._check_later()

    def sign_off(self) -> None:
        """Say what the plan wants before this goes out, as it stands now."""
        self.query_one(SignOffLine).tell(self.current(), self.text, self._across)

    def _check_later(self) -> None:
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(DEBOUNCE, self.show_checks)

    def show_checks(self) -> None:
        """Say what the checks find, if the drill's coach is on or was asked; with it what the coach was asked."""
        job, place = self.current(), self.query_one("#checks", Static)
        self._checks = Content("")
        self.sign_off()
        if job is None or self.has_class("-review"):
            return
        try:
            reading = self.helper.judged(job, self.text) if self.helper.judging else None
        except DrillError as error:
            place.update(content(str(error)))
            return
        shown = self.helper.checks(job, reading, self.text, self._across, self._room())
        place.update(shown)
        if reading is not None:
            self._checks = shown
            self._advise(job, reading)

    @property
    def _across(self) -> int:
        return max(20, self.query_one("#checks").size.width or self.size.width - 4)

    def _room(self) -> int:
        """How many rows there are for the checks."""
        return min(MOST_CHECKS, self._whole - 2 - max(SMALL_ROWS[0], self.area.size.height))

    @property
    def _whole(self) -> int:
        """Rows of the composer at its highest, without the lines of the form."""
        most = self.styles.max_height
        whole = int(most.value) if most is not None else SMALL // 2
        objection = self.query_one("#objection")
        above = self.query_one(SignOffLine).rows + objection.size.height * objection.display
        return whole - len(self.query("ChoiceLine, Input")) - above

    def _advise(self, job: Job, reading: Reading) -> None:
        """Ask the semantic layer, where there is one; it answers on a thread of its own."""
        adviser: Background | None = getattr(self.app, "adviser", None)
        if adviser is not None:
            post = context_of(self.session.drill.scenario, self.session.desk, job.do, job.target, job.kind).post
            adviser.ask("draft", self.text, post, reading, partial(self._answered, self.text))

    def _answered(self, text: str, advice: Advice | None) -> None:
        self.post_message(self.Advised(text, advice))

    @on(Advised)
    def _second(self, event: Advised) -> None:
        """One line below the checks, if the text is still the same and its checks are shown."""
        event.stop()
        if event.advice is None or not event.advice.lines or event.text != self.text or not self._checks.plain:
            return
        place = self.query_one("#checks", Static)
        words = fit(line(f"~ {event.advice.lines[0]}"), max(20, place.size.width or self.size.width - 4))
        place.update(Content("\n").join([self._checks, Content.styled(words, "$muted")]))

    # -- keys --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """y and e mean something in the review only; the rest, outside it."""
        reviewing = self.has_class("-review")
        if action in ("send", "edit_again", "scroll_look"):
            return reviewing
        if action in ("review", "fact", "approval", "templates", "field"):
            return self.open and not reviewing
        return True

    def action_check(self) -> None:
        """Judge the draft now and as one types on, and one rung up in the coach's help with it."""
        job = self.current()
        if self.coach == "off" or job is None:
            self.post_message(self.Says("This drill is played without checks."))
        elif self.has_class("-review"):
            self.helper.asked = True
            self._look(job)
        else:
            self.helper.ask(job, self.text)
            self.show_checks()
            self.post_message(self.Hinted())

    def action_review(self) -> None:
        """The last look."""
        job = self.current()
        if job is None:
            return
        if missing := self._missing(job):
            self.post_message(self.Says(missing))
            return
        self.area.read_only = True
        self.sign_off()
        self.helper.hint, self.helper.stopped = None, False
        self.add_class("-review")
        self._look(job)
        self._ask_to_send()
        self.query_one(Review).focus()

    def _look(self, job: Job) -> None:
        """The text as it will go out; where the coach is on or was asked, with what a reader may trip over."""
        text, width = clean(self.text.strip()), self._across
        reading = None
        with suppress(DrillError):  # what can't be judged is looked at without marks
            reading = self.helper.judged(job, text) if self.helper.judging else None
        found = sorted(spots(text, reading.findings) if reading is not None else [], key=lambda one: one.start)
        self.query_one(LastLook).show(text, found)
        why = reasons(text, found, width, 6) if reading is not None else []
        below = [*self.helper.crowd(job, reading, width), *why]
        self.query_one("#checks", Static).update(Content("\n").join(below))
        self._room_to_look = self._whole - 3 - len(below)
        self.query_one(LastLook).styles.max_height = max(SMALL_ROWS[0], self._room_to_look - self._reasons)

    def action_scroll_look(self, by: int) -> None:
        """Further down or up in the text that is about to go."""
        self.query_one(LastLook).scroll_relative(y=by, animate=False)

    def _ask_to_send(self, why: str = "") -> None:
        send, edit, keep = [(keys.named(one), "bold $primary") for one in ("send", "edit-again", "keep-reviewed")]
        room = self._across - len(send[0]) - 1
        yes = fit(f"{ANYWAY.lower() if why else 'send'}{self._whither()}", room)
        rest = ("   ", edit, " edit   ", keep, " keep the draft")
        asks = Content.assemble(send, " ", yes, *rest)
        if asks.cell_length > self._across:  # the last line of the screen names the others
            asks = Content.assemble(send, " ", yes)
        rows = wrap(line(why), self._across - 2) if why else []
        above = [f"{'  ' if at else '! '}{row}" for at, row in enumerate(rows)]
        self._reasons = max(1, len(above))
        self.query_one(LastLook).styles.max_height = max(SMALL_ROWS[0], self._room_to_look - self._reasons)
        review = self.query_one(Review)
        review.styles.height = len(above) + 1
        review.update(Content.assemble(("".join([f"{row}\n" for row in above]), "bold $error"), asks))

    def _whither(self) -> str:
        """Who will read it, or where it goes, and whether without a word that the plan wants."""
        job = self.current()
        if job is None:
            return ""
        where = f" to {line(job.whom)}" if job.whom else ""
        if job.do == "publish":
            names = {channel.id: channel.name for channel in self.session.drill.scenario.channels}
            where = " on " + listed([line(names.get(one, one), 20) for one in job.channels])
        return f"{where}, without approval" if self.query_one(SignOffLine).missing else where

    def _missing(self, job: Job) -> str:
        if not self.text.strip() and not (job.do == "decide" and job.kind == "approve"):
            return "There is nothing to send yet."
        if job.do == "publish" and not job.channels:
            return "Choose at least one channel."
        if job.do == "request_approval" and not job.to:
            return "Choose whoever has to approve it."
        limit = self.limit(job)
        if limit and len(self.text) > limit:
            return f"Too long by {len(self.text) - limit} characters."
        return ""

    def action_field(self, by: int) -> None:
        """To another line of the form; the keyboard stays in it."""
        fields = [one for one in self.query("ChoiceLine, Input, Text") if one.can_focus]
        at = next((at for at, one in enumerate(fields) if one.has_focus), 0)
        fields[(at + by) % len(fields)].focus()

    @property
    def wants_approval(self) -> bool:
        """Whether somebody may have to approve what is written before it goes out."""
        return self.job is not None and self.job.do in APPROVED_AS

    @property
    def form(self) -> bool:
        """Whether there is more to fill in than the text."""
        return bool(self.query("ChoiceLine, Input"))

    def action_send(self) -> None:
        """To the outbox. The draft is kept until it has left."""
        job = self.current()
        if job is not None and self.has_class("-review"):
            text = self.text.strip()
            if why := self.helper.stops(job, text):
                self._ask_to_send(why)
                self.post_message(self.Stopped())
                return
            self.close_up()
            self.post_message(self.Sent(job, text))

    def action_edit_again(self) -> None:
        """Back to the text."""
        self.remove_class("-review")
        self.area.read_only = False
        self.area.focus()
        self.show_checks()

    def action_keep(self) -> None:
        """Leave; the draft stays. A hint that stands is closed first."""
        if self.helper.hint is not None:
            self.helper.hint = None
            self.show_checks()
            self.post_message(self.Hinted())
            return
        self._save()
        text = self.text
        self.close_up()
        self.post_message(self.Kept(text))

    def action_fact(self) -> None:
        self.post_message(self.Wants("fact"))

    def action_approval(self) -> None:
        self.post_message(self.Wants("approval"))

    def action_templates(self) -> None:
        self.post_message(self.Wants("templates"))

    def insert(self, text: str) -> None:
        """Put a sentence where the cursor is, with a space before and after it where one is missing."""
        area = self.area
        before = area.get_text_range(area.document.start, area.cursor_location)
        after = area.get_text_range(area.cursor_location, area.document.end)
        gap = " " if before and not (before[-1].isspace() or before[-1] in _OPENS) else ""
        rest = " " if after and (after[0].isalnum() or after[0] in _OPENS) else ""
        area.insert(f"{gap}{text}{rest}")
        area.focus()
