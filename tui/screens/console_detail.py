"""What the console tells of the row under the cursor: all that the scenario or the log says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from drills.desk import PostView
from drills.room.msel import Entry, whose
from drills.room.notes import Note
from drills.room.rights import SEATS
from drills.room.steered import Helm
from drills.scoring.tasks import TITLES
from engine.steering import SWITCHES
from scenarios.conditions import Condition
from scenarios.moments import show_duration, show_moment
from tui import keys
from tui.glyphs import short_left, spread_words
from tui.safe import line, lines
from tui.screens.console_cast import CastRow, draft_words
from tui.screens.console_late import NOBODY, LateRow
from tui.screens.console_notes import task_of
from tui.screens.console_seats import ControlView, SeatRow, deed_words
from tui.screens.console_timeline import fact_of, inject_of, state_words, who_words
from tui.widgets.prose import EMPTY, Lines, joined, styled, wrapped
from tui.widgets.team import work

if TYPE_CHECKING:
    from drills.room.steered import Draft

MOST_DEEDS = 8
NOTHING = "Choose a row: all about it is told here."


def detail(row: object, session: ControlView, helm: Helm, width: int) -> Content:
    """All about a row of any of the console's lists."""
    match row:
        case Entry():
            rows = _entry(row, session, width)
        case SeatRow():
            rows = _seat(row, session, helm, width)
        case LateRow():
            rows = _late(row, width)
        case CastRow():
            rows = _person(row, session, width)
        case Note():
            rows = _note(row, width)
        case PostView():
            rows = _post(row, session.now_ms, width)
        case _:
            rows = [styled(NOTHING, "$muted")]
    return joined(rows)


def about(title: str, tail: str, width: int) -> Lines:
    """The first lines: what it is, and where it stands."""
    words = Content.assemble((line(title), "bold"), (f"  {line(tail)}" if tail else "", "$muted"))
    return wrapped(words, width)


# -- the timeline ----------------------------------------------------------------------------------------------


def _entry(entry: Entry, session: ControlView, width: int) -> Lines:
    scenario, now = session.drill.scenario, session.now_ms
    state, _ = state_words(entry, now)
    at = entry.done_ms if entry.done else entry.due_ms
    where = " · ".join([part for part in (show_moment(at) if at >= 0 else "", state) if part])
    rows = about(who_words(entry), where, width)
    inject, fact = inject_of(scenario, entry), fact_of(scenario, entry)
    if inject is not None:
        if inject.subject:
            rows += wrapped(Content(line(inject.subject)), width)
        rows += wrapped(Content(lines(inject.text)), width)
        if inject.when is not None and not entry.done:
            rows += _muted(f"comes when {_whole(condition_words(inject.when))}", width)
        if inject.expects is not None:
            expects = inject.expects
            within = show_duration(expects.within)
            does = _whole(condition_words(expects.does)).replace(f" to {inject.id}", " to it")
            rows += _muted(f"expected: {does}, within {within} ({TITLES[expects.task]})", width)
    elif fact is not None:
        rows += wrapped(Content(lines(fact.text)), width)
        may = "never" if fact.sayable is None else f"from {show_moment(fact.sayable)}"
        rows += _muted(f"may be said {may}{f': {fact.why}' if fact.why else ''}", width)
        if fact.ask and not entry.done:
            rows += _muted(f"comes once {whose(fact.ask)} has been reached and asked", width)
    else:
        said = entry.note if entry.kind == "spoken" else entry.title
        rows += wrapped(Content(lines(said)), width)
    if entry.note and entry.kind != "spoken":
        rows += _muted(f"note: {entry.note}", width)
    return rows


def _muted(text: str, width: int) -> Lines:
    return [one.stylize("$muted") for one in wrapped(Content(lines(text)), width)]


def _whole(words: str) -> str:
    """A condition that is one group needs no brackets around it."""
    return words[1:-1] if words.startswith("(") and words.endswith(")") and words.count("(") == 1 else words


def condition_words(condition: Condition) -> str:
    """A condition in plain words."""
    parts = []
    for name in [one for one in Condition.model_fields if getattr(condition, one) is not None]:
        value = getattr(condition, name)
        if name in ("all_of", "any_of", "none_of"):
            link = " and " if name == "all_of" else " or "
            inner = link.join([condition_words(one) for one in value])
            parts.append(f"not ({inner})" if name == "none_of" else f"({inner})" if len(value) > 1 else inner)
        else:
            parts.append(_leaf(name, value))
    return " and ".join(parts)


def _leaf(name: str, value: Any) -> str:
    if name in ("after", "before"):
        return f"{name} {show_moment(value)}"
    fields = value.model_dump(exclude_none=True, exclude_unset=True) if hasattr(value, "model_dump") else {"": value}
    if name == "acted":
        target = f" to {fields.pop('target')}" if "target" in fields else ""
        name = f"the team's {str(fields.pop('do')).replace('_', ' ')}{target}"
    told = ", ".join([_field(key, one) for key, one in fields.items()])
    return f"{name.replace('_', ' ')} {told}".strip()


def _field(key: str, value: Any) -> str:
    if key == "act":
        return f"({str(value).replace('_', ' ')})"
    if key == "by":
        return f"by {show_moment(value)}"
    if key in ("for_", "for"):
        return f"for {show_duration(value)}"
    word = {"inject": "", "id": "", "kind": "", "": ""}.get(key, key.replace("_", " "))
    return f"{word} {str(value).replace('_', ' ')}".strip()


# -- seats -----------------------------------------------------------------------------------------------------


def _seat(row: SeatRow, session: ControlView, helm: Helm, width: int) -> Lines:
    how = "here" if row.here else "not connected" if row.taken else "simulated"
    rows = about(f"{row.seat} {SEATS[row.seat]}", how, width)
    colleagues = {key: view.colleague for key, view in session.desk.contacts.items()}
    for draft in helm.lies_with(row.seat, colleagues):
        rows += wrapped(Content(f"√ {_draft_words(draft, session)}"), width)
    for call in helm.calls.get(row.seat, ()):
        rows += wrapped(Content(f"C {show_moment(call.at_ms)} {line(call.caller, 8)} calls: {lines(call.text)}"), width)
    for text in _writing(session.writing.get(row.seat, {})):
        rows += wrapped(Content.assemble(("writes ", "$accent"), lines(text)), width)
    if deeds := helm.deeds.get(row.seat, [])[-MOST_DEEDS:]:
        rows += [EMPTY] if len(rows) > 1 else []
        for deed in reversed(deeds):
            words = Content(line(deed_words(deed, session.desk)))
            rows += wrapped(words.stylize("$accent") if deed.told else words, width)
    elif row.taken:
        rows.append(styled("has done nothing yet", "$muted"))
    elif row.simulated:
        rows.append(Content(", ".join([line(name) for name in row.simulated])))
    return rows


def _late(row: LateRow, width: int) -> Lines:
    title = "A draft, to decide on" if row.item is not None and row.item.draft else row.row.title
    rows = about(title, f"late {short_left(row.late_ms)}, {row.holder or NOBODY}", width)
    who, text = "", row.title
    if row.post is not None:
        who, text = row.post.handle or row.post.author, row.post.text
    elif row.item is not None:
        who, text = row.item.author, row.item.draft or row.item.text
    rows += wrapped(Content.assemble((f"{line(who, 30)}: ", "$accent"), lines(text)), width)
    fire, nudge = keys.named("fire"), keys.named("nudge")
    leads = f"{fire} shows it in the feed; " if row.post is not None else ""
    return [*rows, *_muted(f"{leads}{nudge} writes to {row.holder or 'a seat'}", width)]


def _writing(drafts: Mapping[str, str]) -> Sequence[str]:
    return [text for text in reversed(list(drafts.values())) if text.strip()]


def _draft_words(draft: Draft, session: ControlView) -> str:
    for_ = short_left(session.now_ms - draft.at_ms, coarse=True)
    return f"{draft_words(draft.action)}, for {for_}: {lines(draft.action.text)}"


# -- people, notes, the desk -----------------------------------------------------------------------------------


def _person(row: CastRow, session: ControlView, width: int) -> Lines:
    if row.draft is not None:
        rows = about(f"draft: {draft_words(row.draft.action)}", f"with {row.name}", width)
        return [*rows, *wrapped(Content(lines(row.draft.action.text)), width)]
    if row.member is not None:
        one = row.member
        return [*about(one.name, f"{one.voice} {one.handle}", width), *wrapped(Content(lines(one.bio)), width)]
    assert row.contact is not None
    rows = about(row.contact.colleague.name, work(row.contact.colleague), width)
    if row.away:
        rows += _muted(f"nobody reaches them: {keys.named('away')} brings them back", width)
    for said in session.desk.talk(row.person)[-MOST_DEEDS:]:
        when = Content.styled(f"{show_moment(said.at_ms)} ", "$muted")
        who = said.seat or "the team" if said.ours else "they"
        rows += wrapped(when + Content(f"{who}: {line(said.text or said.what)}"), width)
    return rows


def _note(note: Note, width: int) -> Lines:
    rows = about(f"{note.seat or 'the team'}", show_moment(note.at_ms), width)
    if task := task_of(note):
        rows += _muted(task, width)
    return [*rows, *wrapped(Content(lines(note.text)), width)]


def _post(post: PostView, now_ms: int, width: int) -> Lines:
    rows = about(f"{post.author} {post.handle}", show_moment(post.event.at_ms), width)
    rows += wrapped(Content(lines(post.text)), width)
    told = [f"seen by {post.reach:,}", *spread_words(post, now_ms)]
    if post.answered_ms >= 0:
        told.append(f"answered after {short_left(post.answered_ms - post.event.at_ms)}")
    return [*rows, *_muted(" · ".join(told), width)]


def summary(helm: Helm) -> str:
    """How the dials stand, and who is away, in a line; '' where all is as the scenario has it."""
    told = []
    if helm.volume != 1_000_000:
        told.append(f"volume {helm.volume // 10_000} %")
    if helm.hostility != round(helm.scenario.public.hostility * 1_000_000):
        told.append(f"hostility {helm.hostility // 10_000} %")
    told += [f"no {one}" for one in SWITCHES if one in helm.off]
    if helm.away:
        told.append(f"{len(helm.away)} away")
    return " · ".join(told)


