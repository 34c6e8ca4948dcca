"""Which situations hold at a desk now, the most pressing first: the coach's triggers. hints.yaml has their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drills.coach.calls import due_calls
from drills.coach.model import Situation, number
from drills.coach.own_posts import hurting
from drills.coach.signs import differ
from drills.deadlines import with_floor
from drills.desk import Desk, Row
from drills.plan import Plan, approval_timeout_ms, plain_plan
from drills.plan.showing import listed
from scenarios.moments import MINUTE, SECOND, show_duration, show_moment

_USES = {"message": ("message", "reply"), "press": ("press",)}
_BROAD = ("statement", "hub")
_ANSWERS = ("reply", "message", "press")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the triggers look at."""

    desk: Desk
    rows: tuple[Row, ...]
    plan: Plan | None
    seat: str
    pace: float
    answer_first: bool


def found(
    desk: Desk, *, plan: Plan | None, seat: str, pace: float, answer_first: bool = False
) -> tuple[Situation, ...]:
    """Everything that one could want help with now. `pace`: scenario minutes per real minute, for what is measured in
    real seconds. `answer_first`: the drill's goal is an answer, so nothing is named before one has gone out. The last
    is always the most urgent row, where one waits."""
    seen = _Seen(desk, tuple(desk.queue()), plan, seat, pace, answer_first)
    return tuple(one for trigger in _TRIGGERS for one in trigger(seen))


def _own(seen: _Seen) -> Iterator[Situation]:
    for view in hurting(seen.desk)[:1]:
        yield Situation("own", view.key)


def _priority(seen: _Seen) -> Iterator[Situation]:
    """Harm at once; the press and what somebody marked, when nobody has done anything for a minute."""
    desk = seen.desk
    last_ms = desk.actions[-1].at_ms if desk.actions else 0
    idle_ms = number("idle_seconds") * SECOND * seen.pace
    for row in seen.rows:
        since = _since(desk, row)
        idle = desk.now_ms - max(since, last_ms) >= idle_ms
        if row.need == "harm" or (idle and (row.need == "press" or _marked(desk, row))):
            yield _answering("priority", seen, row)
            return


def _content(seen: _Seen) -> Iterator[Situation]:
    desk = seen.desk
    soon = [
        view
        for view in desk.contents.values()
        if view.state == "scheduled"
        and (desk.level or 0) >= 2
        and 0 <= view.content.at - desk.now_ms <= number("content_minutes") * MINUTE
    ]
    for view in sorted(soon, key=lambda one: one.content.at)[:1]:
        left = show_duration((view.content.at - desk.now_ms) // SECOND * SECOND)
        yield Situation("content", view.content.id, {"kind": view.content.kind, "left": left, "words": view.text[:60]})


def _unnamed(seen: _Seen) -> Iterator[Situation]:
    if seen.desk.level is None and seen.rows and not (seen.answer_first and unanswered(seen.desk)):
        yield Situation("unnamed")


def unanswered(desk: Desk) -> bool:
    """Whether nobody has had an answer yet."""
    return not any(text.targets for text in desk.published.values() if text.form in _ANSWERS)


def _untold(seen: _Seen) -> Iterator[Situation]:
    soon = number("told_minutes") * MINUTE
    due = [(call, left) for call, left in due_calls(seen.plan, seen.desk, seen.seat) if left <= soon]
    if due:
        call, left = due[0]
        when = f"within {show_duration(left // MINUTE * MINUTE or MINUTE)}" if left >= 0 else "by now"
        words = {"who": call.name, "when": when, "level": str(seen.desk.level), "use": "sitrep"}
        yield Situation("untold", call.id, words, ("sitrep", "note"))


def _first_word(seen: _Seen) -> Iterator[Situation]:
    """From L2 on somebody must have said something where it started (S1-21)."""
    desk = seen.desk
    began = next((view.event for view in desk.posts.values() if not view.ours and view.event.theme), None)
    serious = next((at_ms for at_ms, level in desk.levels if level >= 2), None)
    if began is None or serious is None or (desk.level or 0) < 2:
        return
    within = with_floor(number("first_word_minutes") * MINUTE, number("first_word_seconds"), seen.pace)
    spoken = any(began.channel in _where(desk, text.key) for text in desk.published.values() if text.form != "message")
    if not spoken and desk.now_ms - serious >= within:
        name = next((one.name for one in desk.scenario.channels if one.id == began.channel), began.channel)
        words = {"channel": name, "level": str(desk.level), "use": "holding"}
        yield Situation("first-word", began.channel, words, ("holding",))


def _where(desk: Desk, key: str) -> set[str]:
    """The channels on which a text of ours can be read."""
    text = desk.published[key]
    return {*text.channels, *[desk.posts[target].event.channel for target in text.targets if target in desk.posts]}


def _promise(seen: _Seen) -> Iterator[Situation]:
    desk = seen.desk
    broad = {text.action: text for text in desk.published.values() if text.form in _BROAD}
    for action in desk.actions:
        text = broad.get(action.id)
        if text is None or action.reading is None:
            continue
        for one in action.reading.promises:
            left = one.due_ms - desk.now_ms
            near = -number("again_minutes") * MINUTE <= left <= number("promise_minutes") * MINUTE
            if one.what == "update" and near and not any(other.at_ms > text.at_ms for other in broad.values()):
                when = f"for {show_moment(one.due_ms)}"
                yield Situation("promise", text.key, {"when": when, "use": "update"}, ("update",))
                return


def _approval(seen: _Seen) -> Iterator[Situation]:
    desk = seen.desk
    timeout = approval_timeout_ms(seen.plan or plain_plan(desk.scenario))
    for key, view in desk.approvals.items():
        holding = [one for one, at_ms in view.lies_with.items()
                   if view.verdicts.get(one, "timed out") == "timed out" and desk.now_ms - at_ms > timeout]  # fmt: skip
        later = any(one.do == "request_approval" and one.at_ms > view.asked_ms for one in desk.actions)
        if holding and view.state in ("waiting", "timed out") and not later:
            waited = show_duration((desk.now_ms - view.lies_with[holding[0]]) // MINUTE * MINUTE)
            who = listed([desk.name_of(one) for one in holding])
            yield Situation("approval", key, {"who": who, "waited": waited})
            return


def _level(seen: _Seen) -> Iterator[Situation]:
    if words := differ(seen.desk):
        at_ms, level = seen.desk.levels[-1]
        yield Situation("level", str(at_ms), {"level": str(level), "signs": listed(words)})


def _talk(seen: _Seen) -> Iterator[Situation]:
    """More words to everybody than answers to somebody, while somebody waits (S4-13)."""
    forms = [text.form for text in seen.desk.published.values()]
    said = sum([form in _BROAD for form in forms])
    answered = sum([len(text.targets) for text in seen.desk.published.values() if text.form in _ANSWERS])
    waiting = [row for row in seen.rows if row.posts]
    if said > answered and waiting:
        counts = {"said": f"{said} {'word' if said == 1 else 'words'}", "answered": f"{answered or 'none'}"}
        one = _answering("talk", seen, waiting[0])
        yield Situation("talk", "", {**one.words, **counts}, one.uses, one.theme)


def _row(seen: _Seen) -> Iterator[Situation]:
    for row in seen.rows[:1]:
        yield _answering("row", seen, row)


def _answering(id_: str, seen: _Seen, row: Row) -> Situation:
    """Somebody who waits for an answer."""
    desk = seen.desk
    item = desk.inbox.get(row.item)
    post = desk.posts[row.posts[-1]] if row.posts else None
    who = (post.handle or post.author) if post is not None else item.author if item is not None else row.title
    uses = ("reply",) if post is not None else _USES.get(row.need, ("note",))
    waited = show_duration(max(0, desk.now_ms - _since(desk, row)) // MINUTE * MINUTE or MINUTE)
    use = f"reply/{row.need}" if post is not None else uses[0]
    words = {"who": who, "waited": waited, "use": use}
    return Situation(id_, post.key if post is not None else row.item, words, uses, post.event.theme if post else "")


def _since(desk: Desk, row: Row) -> int:
    """How long the first of a row has waited."""
    return desk.posts[row.posts[0]].event.at_ms if row.posts else desk.inbox[row.item].at_ms


def _marked(desk: Desk, row: Row) -> bool:
    flags = [desk.posts[key].flags for key in row.posts] or [desk.inbox[row.item].flags]
    return any("priority" in one for one in flags)


_TRIGGERS: tuple[Callable[[_Seen], Iterator[Situation]], ...] = (
    _own, _priority, _content, _unnamed, _untold, _first_word, _promise, _approval, _level, _talk, _row,
)  # fmt: skip
