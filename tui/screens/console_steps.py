"""The facilitator's steps: each asks what it must, about the row under the cursor where that fits, and then steers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from drills.room.msel import Entry
from drills.room.notes import Note
from drills.room.rights import FACILITATOR
from engine.steering import EVERYBODY, SWITCHES
from scenarios.model import Scenario
from scenarios.moments import show_moment
from tui import keys
from tui.glyphs import short_left
from tui.safe import line
from tui.screens.console_cast import CastRow, draft_words
from tui.screens.console_forms import IntensityForm, LineForm, NoteForm, SpeakForm, seat_name, steering_of
from tui.screens.console_late import LateRow
from tui.screens.console_seats import SHOWN, SeatRow
from tui.screens.console_shift import ShiftForm
from tui.screens.console_timeline import fact_of, inject_of, medium_word, who_words
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.choices import Choice
from tui.widgets.team import work

if TYPE_CHECKING:
    from tui.screens.console import ConsoleScreen

NO_ROW = "Choose a row of the timeline first."
THEIRS = "What goes out in the company's name is the team's: it can't be fired, held or left out here."
TRUTH = "What it truly is follows from the story: it moves with the rest, and that is all."
MOST_SHOWN = 300
"""Cells of an inject that are read again before it is fired."""
PPM = 10_000
"""Parts per million in a percent."""


async def open_row(screen: ConsoleScreen) -> None:
    """What the row under the cursor is for."""
    match screen.row:
        case Entry():
            await fire(screen)
        case SeatRow():
            await nudge(screen)
        case LateRow(post=None):
            await nudge(screen)
        case LateRow(post=post):
            screen.show_post(post.key if post is not None else "")
        case CastRow(draft=None):
            await speak(screen)
        case CastRow():
            await decide(screen)
        case Note() as note:
            await correct(screen, note)


# -- the timeline ----------------------------------------------------------------------------------------------


def _entry(screen: ConsoleScreen) -> Entry | None:
    """The inject or fact under the cursor that is still to come; says why there is none."""
    row = screen.row
    if not isinstance(row, Entry):
        screen.say(NO_ROW, "warning")
    elif row.done:
        screen.say("It has happened already.", "warning")
    elif row.kind in ("content", "truth"):
        screen.say(THEIRS if row.kind == "content" else TRUTH, "warning")
    else:
        return row
    return None


def _called(entry: Entry) -> str:
    return f"{medium_word(entry)}, {line(entry.title, 44)}"


async def fire(screen: ConsoleScreen) -> None:
    """Let it happen now; of a fact, let the team know it now."""
    entry = _entry(screen)
    if entry is None:
        return
    scenario = screen.session.drill.scenario
    inject, fact = inject_of(scenario, entry), fact_of(scenario, entry)
    if inject is not None:
        said = ". ".join([part for part in (inject.subject, inject.text) if part])
        text = f"{who_words(entry)}: {line(said, MOST_SHOWN)}"
        warning = "It was left out: it happens all the same." if entry.skipped else ""
        if await screen.ask(ConfirmDialog("Fire now?", text, yes="fire", no="not now", warning=warning)):
            screen.steer("fire", f"Fired: {_called(entry)}", target=entry.id)
    elif fact is not None and await screen.ask(ConfirmDialog("Reveal now?", fact.text, yes="reveal", no="not now")):
        screen.steer("reveal", f"The team knows it now: {line(entry.title, 48)}", target=entry.id)


async def hold(screen: ConsoleScreen) -> None:
    """Keep it back, or let it go."""
    entry = _entry(screen)
    if entry is None:
        return
    if entry.skipped:
        screen.say(keys.told("It is left out; {fire} lets it happen after all."), "warning")
    elif entry.kind == "fact":
        if entry.held:
            screen.say(keys.told("The team learns it when you reveal it: {fire}."), "warning")
        else:
            held = keys.told("Kept back until you reveal it with {fire}: ")
            screen.steer("withhold", f"{held}{line(entry.title, 36)}", target=entry.id)
    elif entry.held:
        past = 0 <= entry.due_ms <= screen.session.now_ms
        when = "it happens now" if past else "it comes at its time"
        screen.steer("release", f"Let go, {when}: {_called(entry)}", target=entry.id)
    else:
        held = keys.told("Held, {hold} lets it go: ")
        screen.steer("hold", f"{held}{_called(entry)}", target=entry.id)


async def skip(screen: ConsoleScreen) -> None:
    """Leave it out."""
    entry = _entry(screen)
    if entry is None:
        return
    if entry.kind == "fact":
        screen.say(keys.told("A fact is kept back with {hold}, not left out."), "warning")
    elif entry.skipped:
        screen.say(keys.told("It is left out already; {fire} lets it happen after all."), "warning")
    elif await screen.ask(ConfirmDialog("Leave it out?", _called(entry), yes="leave it out", no="keep it")):
        screen.steer("skip", f"Left out: {_called(entry)}", target=entry.id)


async def shift(screen: ConsoleScreen) -> None:
    """What is to come, by any number of minutes, or spread over more time or less."""
    form = ShiftForm(screen.helm.timeline(), screen.session.now_ms, screen.kept.get("shift", {}))
    if not await screen.fill_in("shift", form) or form.step is None:
        return
    if screen.steer(form.step.do, form.step.said, number=form.step.number):
        screen.sent("shift")


async def intensity(screen: ConsoleScreen) -> None:
    """The two dials, and who is there at all."""
    helm, there = screen.helm, switches(screen.session.drill.scenario)
    answer = await screen.ask(IntensityForm(helm, there))
    if answer is None:
        return
    volume, hostility = int(answer["volume"]) * PPM, int(answer["hostility"]) * PPM
    if volume // PPM != helm.volume // PPM:
        screen.steer("volume", f"Volume {answer['volume']} % from now on.", number=volume)
    if hostility // PPM != helm.hostility // PPM:
        screen.steer("hostility", f"Hostility {answer['hostility']} % from now on.", number=hostility)
    marked = answer["switches"].split()
    for one in there:
        if (one in marked) == (one in helm.off):
            kind = "on" if one in marked else "off"
            screen.steer("switch", f"From now on {kind}: {SWITCHES[one]}.", target=one, kind=kind)


def switches(scenario: Scenario) -> tuple[str, ...]:
    """What of the public can be switched off: bots and competitors only where the scenario has any."""
    public = scenario.public
    groups = [group.voice for group in public.groups]
    none = {"bots"} if public.coefficients.get("bots") == 0 else set()
    none |= {"competitors"} if groups and "competitor" not in groups else set()
    return tuple(one for one in SWITCHES if one not in none)


# -- people ----------------------------------------------------------------------------------------------------


async def away(screen: ConsoleScreen) -> None:
    """Nobody reaches a colleague, or they are back."""
    row, contacts, helm = screen.row, screen.session.desk.contacts, screen.helm
    who = row.person if isinstance(row, CastRow) and row.contact is not None else ""
    if not who:
        choices = [
            Choice(key, view.colleague.name, aside=work(view.colleague), tail="away" * (key in helm.away))
            for key, view in contacts.items()
        ]
        who = await screen.choose("Who is away, or back?", choices, empty="This drill has no colleagues.")
    if who:
        name, back = line(contacts[who].colleague.name, 40), who in helm.away
        said = f"{name} is back." if back else f"{name} is away: nobody reaches them."
        screen.steer("back" if back else "away", said, target=who)


async def speak(screen: ConsoleScreen) -> None:
    """Say something as somebody."""
    row, scenario, desk = screen.row, screen.session.drill.scenario, screen.session.desk
    who = row.person if isinstance(row, CastRow) else ""
    if not who:
        choices = [Choice(one.id, one.name, aside=one.voice) for one in scenario.cast]
        known = {one.id for one in choices}
        choices += [
            Choice(key, view.colleague.name, aside=work(view.colleague))
            for key, view in desk.contacts.items()
            if key not in known
        ]
        who = await screen.choose("Speak as whom?", choices, empty="There is nobody to speak as.")
    if not who:
        return
    member = next((one for one in scenario.cast if one.id == who), None)
    name = member.name if member is not None else desk.name_of(who)
    form = SpeakForm(name, scenario, member is not None, screen.kept.get(f"speak/{who}", {}))
    if typed := await screen.fill_in(f"speak/{who}", form):
        given = steering_of(typed)
        if screen.steer("speak", f"{line(name, 30)} has spoken: {line(given['text'], 30)}", target=who, **given):
            screen.sent(f"speak/{who}")


async def decide(screen: ConsoleScreen) -> None:
    """Approve or return a draft in a colleague's place."""
    row, helm, desk = screen.row, screen.helm, screen.session.desk
    key = row.draft.key if isinstance(row, CastRow) and row.draft is not None else ""
    if not key:
        choices = [
            Choice(
                one.key, draft_words(one.action), one.action.text,
                aside=f"with {desk.name_of(one.person)}",
                tail=f"for {short_left(screen.session.now_ms - one.at_ms, coarse=True)}",
            )
            for one in helm.drafts.values()
        ]  # fmt: skip
        key = await screen.choose("Decide on which draft?", choices, empty="No draft waits for anybody.")
    draft = helm.drafts.get(key)
    if draft is None:
        return
    name = line(desk.name_of(draft.person), 40)
    ways = [
        Choice("approve", "Approve it", "It goes out as it stands.", letter="a"),
        Choice("return", "Return it, with what has to change", letter="r"),
        Choice("", "Not now", letter="n"),
    ]
    verdict = await screen.choose(f"In the place of {name}", ways, about=draft.action.text)
    if verdict == "approve":
        screen.steer("decide", f"Approved in the place of {name}.", target=key, kind="approve")
    elif verdict == "return":
        form = LineForm(f"Return it as {name}", draft.action.text, screen.kept.get(f"return/{key}", {}),
                        ask="Say what has to change.", hint="What has to change?")  # fmt: skip
        if typed := await screen.fill_in(f"return/{key}", form):
            said = f"Returned in the place of {name}."
            if screen.steer("decide", said, target=key, kind="return", text=typed["text"]):
                screen.sent(f"return/{key}")


def _seat(screen: ConsoleScreen) -> str:
    """The seat that the row under the cursor is about, if somebody sits there: its own, or whose what is late is."""
    row = screen.row
    seat = row.seat if isinstance(row, SeatRow) else row.holder if isinstance(row, LateRow) else ""
    return seat if seat in screen.session.seats else ""


async def nudge(screen: ConsoleScreen) -> None:
    """A word to one seat that no other sees."""
    taken = [seat for seat in screen.session.seats if seat != FACILITATOR]
    seat = _seat(screen) or (taken[0] if len(taken) == 1 else "")
    if not seat:
        choices = [Choice(one, seat_name(one)) for one in taken]
        if len(taken) > 1:
            choices.insert(0, Choice(EVERYBODY, "Everybody"))
        seat = await screen.choose("A word to which seat?", choices, empty="Nobody has taken a seat yet.")
    if not seat:
        return
    alone = seat != EVERYBODY
    whom, about = (seat_name(seat), "Nobody else sees it.") if alone else ("everybody", "Every seat sees it.")
    form = LineForm(f"A word to {whom}", about, screen.kept.get(f"nudge/{seat}", {}),
                    hint="What do you want to tell them?")  # fmt: skip
    text = (await screen.fill_in(f"nudge/{seat}", form)).get("text", "")
    if text and screen.steer("nudge", f"{whom} has it: {line(text, 48)}", target=seat, text=text):
        screen.sent(f"nudge/{seat}")


async def observe(screen: ConsoleScreen) -> None:
    """A note for the hotwash."""
    seat = _seat(screen)
    begun = {"seat": seat if seat != "OBS" else "", **screen.kept.get("note", {})}
    await _note(screen, "note", NoteForm(show_moment(screen.session.now_ms), _noted_of(screen, seat), begun))


async def correct(screen: ConsoleScreen, note: Note) -> None:
    """A note is put right; its moment stays."""
    slot = f"note {note.id}"
    stands = {"text": note.text, "seat": note.seat, "task": note.task, "rating": note.rating}
    form = NoteForm(show_moment(note.at_ms), _noted_of(screen, note.seat), {**stands, **screen.kept.get(slot, {})})
    number = next(at for at, one in enumerate(screen.helm.notes, 1) if one.id == note.id)
    await _note(screen, slot, form, number)


def _noted_of(screen: ConsoleScreen, seat: str) -> list[str]:
    """The seats that a note can be about: those that are taken, else all; and this one."""
    taken = [one for one in SHOWN if one in screen.session.seats and one != "OBS"]
    seats = taken or [one for one in SHOWN if one != "OBS"]
    return [*seats, *[one for one in (seat,) if one not in ("", "OBS", *seats)]]


async def _note(screen: ConsoleScreen, slot: str, form: NoteForm, number: int = 0) -> None:
    """`number`: the note that is put right; 0 for a new one."""
    if typed := await screen.fill_in(slot, form):
        said = f"{'Put right' if number else 'Noted'}: {line(typed['text'], 56)}"
        rating = typed["rating"] if typed["task"] else ""
        given = {"target": typed["seat"], "text": typed["text"], "kind": typed["task"], "subject": rating}
        if screen.steer("observe", said, **given, number=number):
            screen.sent(slot)


STEPS: dict[str, Callable[[ConsoleScreen], Awaitable[None]]] = {
    one.__name__: one
    for one in (open_row, hold, skip, shift, intensity, away, speak, decide, nudge, observe)
}
