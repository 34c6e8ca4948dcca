"""Promises with a time: `next update 16:00`, `by 5 pm`, `within 30 minutes`, `every half hour`.

Rules
1. A promise needs a time to come and a word that looks ahead; a time that has passed is a report (`down since 08:00`).
2. Clock times are resolved against the hour of STARTEX; without a scenario only spans (`in 20 minutes`) can be.
3. A bare hour (`more at 4`) is the next such hour, by day or night.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from drills.tone.context import Context
from drills.tone.pack import Pack
from drills.tone.text import Text
from engine.reading import Promise
from scenarios.moments import HOUR, MINUTE

Words = Mapping[str, re.Pattern[str]]

DAY = 24 * HOUR
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
END_OF_DAY = 18 * HOUR
"""What `by the end of the day` and `by Friday` mean: close of business."""

_DAYS = r"(?:today|tonight|tomorrow|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_COUNT = r"\d{1,3}|half an|half|one|two|three|four|five|ten|fifteen|twenty|thirty|forty-five|sixty|few|couple of"
_SPAN = re.compile(
    r"\b(?P<lead>within|in|every|inside|over|for) "
    r"(?:the |about |around |a |an |next |less than |under ){0,2}"
    rf"(?:(?P<count>{_COUNT})[ -])?(?P<unit>minutes?|mins?|hours?|hrs?|h|days?)\b"
)
_CLOCK = re.compile(
    r"(?:\b(?P<lead>at|by|before|until|from|update|news|more|around|about|till|next|word|latest|on|than)[:,]? )?"
    rf"(?:(?P<day>{_DAYS})(?: morning| afternoon| evening)?,? (?P<inner>at |by |before )?)?"
    r"(?<![\d.:£$€#])\b(?:(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?| ?(?P<oclock>o'clock|hrs|h\b))?|(?P<word>noon|midday|midnight))"
    r"(?![\d%]|[.:]\d| ?(?:%|euros?|pounds?|dollars?|minutes?|mins?|hours?|days?|weeks?|people|times|stars?|"
    r"customers?|stores?|shops?|years?))"
    rf"(?:,? (?P<after>{_DAYS}))?"
)
_DAY = re.compile(
    r"\b(?:by|before|until|on|this|next|from) (?:the )?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"tomorrow|tonight|end of (?:the )?(?:business )?(?:day|today)|end of (?:the )?week|close of business)\b"
    r"|\b(?P<bare>tomorrow|tonight)\b"
)
_SPLIT = re.compile(r"; ?|, (?=and|but|we|i)|: | - | and (?=we|i)")
_STAMP = re.compile(r"(?:update|status|as of|update as of|\(?updated)?[ :,-]{0,3}(?:at )?")
_NUMBERS = {
    "half an": 30, "half": 30, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "few": 3, "couple of": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timed:
    """A promise and where in `Text.plain` it stands. `due_ms` is None where the clock is not known."""

    what: str
    due_ms: int | None
    start: int
    end: int


def find(text: Text, context: Context, pack: Pack) -> tuple[Timed, ...]:
    """Every promise with a time, in the order of the text."""
    found: list[Timed] = []
    for number in range(len(text.lines)):
        start, end = text.line(number)
        sentence = text.plain[start : min(end, start + 1000)]
        found.extend(_in_sentence(sentence, start, context, pack.patterns))
    return tuple(found)


def promises(timed: tuple[Timed, ...]) -> tuple[Promise, ...]:
    """The promises whose time is known, each once."""
    kept = dict.fromkeys(Promise(item.what, item.due_ms) for item in timed if item.due_ms is not None)
    return tuple(kept)


def _in_sentence(sentence: str, offset: int, context: Context, words: Words) -> list[Timed]:
    found: list[Timed] = []

    def add(match: re.Match[str], due_ms: int | None) -> None:
        if due_ms is None or due_ms > context.now_ms:
            near = sentence[max(0, match.start() - 60) : match.end() + 40]
            what = "update" if words["tells"].search(near) else "action"
            found.append(Timed(what, due_ms, offset + match.start(), offset + match.end()))

    for match in _SPAN.finditer(sentence):
        if match["lead"] not in ("over", "for") and _looks_ahead(sentence, match, words):
            add(match, context.now_ms + _length(match))
    for match in _CLOCK.finditer(sentence):
        if _timely(match) and _looks_ahead(sentence, match, words) and not _stamps(sentence, match):
            add(match, _clock_due(match, context))
    if not found:
        day = _DAY.search(sentence)
        if day is not None and _looks_ahead(sentence, day, words) and (day["day"] or "will" in sentence):
            add(day, _day_due(day["day"] or day["bare"], END_OF_DAY, context))
    return found


def _length(match: re.Match[str]) -> int:
    count = match["count"]
    number = 1 if count is None else _NUMBERS.get(count, int(count) if count.isdigit() else 1)
    unit = match["unit"]
    if unit.startswith("min"):
        return number * MINUTE
    if unit.startswith("d"):
        return number * DAY
    return number * MINUTE if count in ("half an", "half") else number * HOUR


def _timely(match: re.Match[str]) -> bool:
    """Whether a number is a time of day: it has minutes, am or pm, or stands after `at` or `by`."""
    if match["word"] or match["minute"] or match["half"] or match["oclock"]:
        return bool(
            match["lead"] or match["day"] or match["after"] or match["word"] or match["half"] or match["minute"]
        )
    return match["lead"] in ("at", "by", "before", "until") or bool(match["inner"])


def _looks_ahead(sentence: str, match: re.Match[str], words: Words) -> bool:
    """Whether the clause speaks of what we will do, and neither of the past nor of what others have to do."""
    before = sentence[max(0, match.start() - 60) : match.start()]
    clause = _SPLIT.split(before)[-1]
    around = clause + match[0]
    if words["theirs"].search(clause):
        return False
    if words["past"].search(clause) and not re.search(r"\b(?:will|next|by|expect)\b", around):
        return False
    ahead = words["ahead"].search(around) or words["tells"].search(around)
    return ahead is not None or match[0].startswith(("in ", "every "))


def _stamps(sentence: str, match: re.Match[str]) -> bool:
    """`Update 15:00.` and `15:00:` date a text; they promise nothing."""
    head = sentence[: match.start("hour") if match["hour"] else match.start()]
    return _STAMP.fullmatch(head) is not None


def _starts(context: Context) -> int | None:
    if context.scenario is None:
        return None
    hour, minute = context.scenario.starts.split(":")
    return int(hour) * HOUR + int(minute) * MINUTE


def _clock_due(match: re.Match[str], context: Context) -> int | None:
    starts = _starts(context)
    if starts is None:
        return None
    if match["word"]:
        clock = 12 * HOUR if match["word"] in ("noon", "midday") else DAY
        hour = 13
    else:
        hour = int(match["hour"])
        clock = (hour % 12 if match["half"] else hour) * HOUR + int(match["minute"] or 0) * MINUTE
        clock += 12 * HOUR if match["half"] == "p" else 0
    day = (match["day"] or match["after"] or "").removeprefix("on ")
    if day and day not in ("today", "tonight"):
        return _day_due(day, clock, context)
    now = starts + context.now_ms
    due = clock + now // DAY * DAY
    ambiguous = not match["half"] and not match["word"] and not match["minute"] and 1 <= hour <= 12
    if ambiguous and due <= now:
        due += 12 * HOUR
    if day == "tonight" and hour < 12 and not match["half"]:
        due += 0 if due % DAY >= 12 * HOUR else 12 * HOUR
    # Half a day back is the past; further back is tomorrow, for a night shift that promises 00:30 at 23:00.
    if due <= now - 12 * HOUR:
        due += DAY
    return due - starts


def _day_due(day: str, clock: int, context: Context) -> int | None:
    starts = _starts(context)
    if starts is None or context.scenario is None:
        return None
    today = (starts + context.now_ms) // DAY
    if day == "tonight":
        ahead, clock = 0, max(clock, 22 * HOUR)
    elif day == "tomorrow":
        ahead = 1
    elif day[:3] in DAYS and day.endswith("day"):
        weekday = (DAYS.index(context.scenario.weekday.lower()) + today) % 7
        ahead = (DAYS.index(day[:3]) - weekday) % 7 or 7
    elif "week" in day:
        weekday = (DAYS.index(context.scenario.weekday.lower()) + today) % 7
        ahead = (4 - weekday) % 7
    else:
        ahead = 0
        if clock <= (starts + context.now_ms) % DAY:
            clock = DAY  # close of business has passed: what is left of the day
    return (today + ahead) * DAY + clock - starts
