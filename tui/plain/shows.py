"""What plain mode shows when it is asked: one function for every command that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drills.coach.ladder import fresh, step
from drills.coach.situations import found
from drills.desk import BRAND, Desk, PostView
from drills.plan import oneself, plain_plan
from drills.scoring.card import DIMENSIONS, Scorecard
from scenarios.moments import show_duration, show_moment
from tui.glyphs import level_word, mood_word, some, spread_words
from tui.plain.numbers import Numbers
from tui.plain.slots import LineError
from tui.plain.table import table
from tui.plain.told import item_line, own_line, row_line
from tui.room import NO_SCRIPT, script_of
from tui.session_view import SessionView
from tui.widgets.waiting import hurting

FEW = 10
_RUNGS = ("Question", "Pointer", "Pattern", "Model text")
_POINTER = 2
"""The rung that names the way."""
_GONE = {"hidden": "hidden", "said": "taken down", "silent": "taken down"}


def queue(session: SessionView, numbers: Numbers, _word: str) -> Iterator[str]:
    rows = session.desk.queue()
    for view in hurting(session.desk):
        yield own_line(view, numbers)
    if not rows:
        yield "Nothing waits for an answer."
        return
    yield f"{some(len(rows), 'row')} in the queue, {session.desk.late()} late."
    for row in rows:
        script = script_of(session, session.desk.inbox[row.item]) if row.item else NO_SCRIPT
        yield row_line(session.desk, row, numbers, session.now_ms, script)


def inbox(session: SessionView, numbers: Numbers, _word: str) -> Iterator[str]:
    desk = session.desk
    if not desk.inbox:
        yield "Nothing has come to you directly."
    for item in desk.inbox.values():
        done = "" if item.waiting or not item.needs_answer else " Answered."
        told = item_line(item, numbers, session.now_ms, script_of(session, item))
        yield f"{show_moment(item.at_ms)}  {told}{done}"


def post_line(view: PostView, numbers: Numbers, now_ms: int) -> str:
    """A post in a line."""
    state = [word for word in (_GONE.get(view.gone, ""), "answered" * (view.answered_ms >= 0), *view.flags) if word]
    spread = spread_words(view, now_ms)
    who = "you" if view.ours else view.handle or view.author
    number = numbers.of(view.key)
    tail = "".join([f" ({', '.join(words)})" for words in (state, spread) if words])
    return f"{show_moment(view.event.at_ms)}  Number {number}: {who} on {view.event.channel}: “{view.text}”{tail}"


def feed(session: SessionView, numbers: Numbers, word: str) -> Iterator[str]:
    views = session.desk.feed[-_count(word) :]
    if not views:
        yield "Nothing has been posted yet."
    for view in views:
        yield post_line(view, numbers, session.now_ms)


def log(session: SessionView, _numbers: Numbers, word: str) -> Iterator[str]:
    lines = session.desk.log[-_count(word) :]
    if not lines:
        yield "Nothing has happened yet."
    for line in lines:
        yield f"{show_moment(line.at_ms)}  {line.who}: {line.what}"


def _count(word: str) -> int:
    if not word:
        return FEW
    if not word.isdecimal() or not 0 < int(word[:6]) <= 10_000:
        raise LineError(f"expected how many lines, 1 to 10000, got {word!r}")
    return int(word[:6])


def opened(session: SessionView, numbers: Numbers, key: str) -> Iterator[str]:
    """One thing in full: an item, or a post with its thread."""
    desk = session.desk
    if key in desk.inbox:
        yield item_line(desk.inbox[key], numbers, session.now_ms, script_of(session, desk.inbox[key]))
        return
    thread = desk.thread(key)
    at = next(at for at, view in enumerate(thread) if view.key == key)
    before, after = thread[:at][-FEW:], thread[at + 1 :]
    if before:
        yield "Before it:"
        for view in before:
            yield f"  {post_line(view, numbers, session.now_ms)}"
    yield post_line(thread[at], numbers, session.now_ms)
    if after:
        yield f"After it, {some(len(after), 'post')}{f', the last {FEW}' if len(after) > FEW else ''}:"
        for view in after[-FEW:]:
            yield f"  {post_line(view, numbers, session.now_ms)}"


def group(session: SessionView, numbers: Numbers, keys: tuple[str, ...]) -> Iterator[str]:
    """The posts of a group, the newest last."""
    yield f"{some(len(keys), 'post')} that need the same answer{f', the last {FEW}' if len(keys) > FEW else ''}:"
    for key in keys[-FEW:]:
        yield f"  {post_line(session.desk.posts[key], numbers, session.now_ms)}"


def team(session: SessionView, _numbers: Numbers, _word: str) -> Iterator[str]:
    from tui.widgets.panes import standing, work

    desk = session.desk
    me = oneself(session.drill.plan or plain_plan(desk.scenario), session.seat)
    others = {key: view for key, view in desk.contacts.items() if key != me}
    if not others:
        yield "Nobody else is in this drill."
    for key, view in others.items():
        stands = standing(view, view.colleague.on_duty_at(desk.now_ms))[0].removeprefix("! ")
        yield f"{key}: {view.colleague.name}, {work(view.colleague)}, {stands}."
    for key, approval in desk.approvals.items():
        waits = ", ".join([desk.name_of(who) for who in approval.waiting_for if who not in approval.verdicts])
        lies = f" with {waits}" if waits and approval.state == "waiting" else ""
        why = f": {approval.why}" if approval.why else ""
        yield f"Approval {key}, {approval.action.kind}, {approval.state}{lies}{why}."


def facts(session: SessionView, _numbers: Numbers, _word: str) -> Iterator[str]:
    desk = session.desk
    if not desk.facts:
        yield "Nothing is known for certain yet. Ask whoever may know: ask."
    for view in desk.facts.values():
        yield f"{'May be said' if view.sayable else 'Not to be said yet'}: {view.fact.text}"


def content(session: SessionView, _numbers: Numbers, _word: str) -> Iterator[str]:
    views = sorted(session.desk.contents.values(), key=lambda view: view.content.at)
    if not views:
        yield "Nothing is scheduled that you know of. sweep looks further."
    for view in views:
        item = view.content
        when = "went out" if view.state == "fired" else f"goes out {show_moment(item.at)}"
        held = {"paused": ", held", "edited": ", edited"}.get(view.state, "")
        yield f"{item.id}: {item.kind} on {item.channel}, {when}{held}: “{view.text}”"


def said(session: SessionView, numbers: Numbers, _word: str) -> Iterator[str]:
    desk = session.desk
    if not desk.published and not desk.by_author(BRAND):
        yield "You have not said anything yet."
    for view in desk.by_author(BRAND):
        yield post_line(view, numbers, session.now_ms)
    for text in desk.published.values():
        if text.key not in desk.posts:
            what = " on ".join([text.kind or text.form, *[", ".join(text.channels)] * bool(text.channels)])
            yield f"{show_moment(text.at_ms)}  Number {numbers.of(text.key)}: {what}: “{text.text}”"


def channels(session: SessionView, _numbers: Numbers, _word: str) -> Iterator[str]:
    for one in session.desk.scenario.channels:
        closed = ", closed" if one.id in session.desk.closed else ""
        yield f"{one.id}: {one.name}, up to {one.char_limit} characters{closed}."


def status(session: SessionView, _numbers: Numbers, _word: str) -> Iterator[str]:
    desk = session.desk
    runs = f"stands ({session.why_paused or 'stopped'})" if session.paused else f"runs, pace {session.pace:g}"
    yield f"EXERCISE. {show_moment(session.now_ms)} of {show_duration(session.ends_ms)}; the clock {runs}."
    yield f"You say this is {level_word(desk.level)}." if desk.level is not None else "You have not said what this is."
    rows = desk.queue()
    yield f"{some(len(rows), 'row')} in the queue, {desk.late()} late; {desk.per_minute():.0f} posts a minute."
    yield f"Anger {desk.anger} of 100, {mood_word(desk.anger)}."


def hint(session: SessionView, numbers: Numbers, _word: str) -> Iterator[str]:
    """One rung up in what presses most, as `h` at the desk; it goes on the record."""
    desk = session.desk
    if session.coach == "off":
        yield "Hints are off in this run."
        return
    drill = session.drill
    now = found(desk, plan=drill.plan, seat=session.seat, pace=session.pace, answer_first=drill.answer_first)
    one = step(now[0], session.hints, desk) if now else None
    if one is None:
        yield "Nothing waits. feed shows what is said, content what is scheduled; next lets time pass."
        return
    if fresh(one, session.hints):
        session.took(one)
    about = _about(desk, numbers, one.about)
    where = f", number {about}" if about.isdecimal() else ""
    rule = f" [{one.rule}]" if one.rule else ""
    way = f" The command: {_way(one.does, about)}." if one.rung == _POINTER and one.does else ""
    more = " hint again says more." if one.more else ""
    yield f"{_RUNGS[one.rung - 1]}{where}: {one.text}{rule}{way}{more}"


def _way(verb: str, about: str) -> str:
    """The command that leads to a verb, with what it is done to."""
    command = next(each for each in table() if each.do == verb)
    if not about:
        return command.name
    kind = command.kinds[0] if command.kinds and not command.text else ""
    return " ".join(filter(None, (command.name, about, kind)))


def _about(desk: Desk, numbers: Numbers, key: str) -> str:
    """How a command names what a hint is about; '' where it is about nothing that has a name."""
    if key in desk.posts or key in desk.inbox:
        return str(numbers.of(key))
    return key if key in desk.contents or key in desk.contacts else ""


def briefing(session: SessionView, _numbers: Numbers, _word: str) -> Iterator[str]:
    drill = session.drill
    yield f"{drill.title}. {drill.file.blurb}"
    for part in drill.scenario.premise.strip().split("\n\n"):
        yield " ".join(part.split())
    yield f"Your seat is {session.seat}. The drill ends at {show_moment(session.ends_ms)}."
    for objective in drill.file.objectives:
        yield f"Objective: {objective}"


def score(card: Scorecard) -> Iterator[str]:
    """The result in a few lines."""
    from drills.review_text import letter_words

    yield f"TOTAL {card.total:.1f} of 100: {card.rating}, {letter_words(card)}."
    for gate in card.gates:
        yield f"  {gate.id} caps it at {gate.cap:g}: {gate.why}"
    for name in DIMENSIONS:
        value = getattr(card, name)
        yield f"  {name.capitalize()}: {'not assessed' if value is None else format(value, '.1f')}"


LOOKS: dict[str, Callable[[SessionView, Numbers, str], Iterator[str]]] = {
    "queue": queue,
    "inbox": inbox,
    "feed": feed,
    "team": team,
    "facts": facts,
    "content": content,
    "said": said,
    "channels": channels,
    "log": log,
    "status": status,
    "hint": hint,
    "briefing": briefing,
}
"""The commands that only look; `open` and `help` have ways of their own."""


def known(desk: Desk, numbers: Numbers, word: str) -> tuple[str, ...]:
    """What a number stands for. Raises LineError where it stands for nothing."""
    keys = numbers.keys(word, desk)
    if not keys:
        raise LineError(f"nothing is called {word!r}: queue, inbox and feed give the numbers")
    return keys
