"""The plan's small vocabularies: hours of duty, signals that raise a level, kinds of text that need approval.

Each is a closed list with a plain spelling. There is no expression language: a signal is a name, or a name
with a number, and may have to hold for a while.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from scenarios.moments import parse_duration, show_duration
from scenarios.source import suggest
from scenarios.terms import LEVEL_NAMES

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Dept = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,31}$")]
"""A department, spelt as in a scenario's `FUN/quality`."""

_DAY = f"({'|'.join(DAYS)})"
_DAY_NAMES = {day.lower(): day for day in DAYS}
_HOURS = re.compile(rf"(?:24x7|([01]\d|2[0-3])-([01]\d|2[0-4])(?: {_DAY}(?:-{_DAY})?)?)(?: on-call)?")


def on_duty(hours: str, weekday: str, minute_of_day: int) -> bool:
    """Whether somebody with these hours can be called then; on call counts, that is what it is for.

    A shift past midnight belongs to the day it began: `22-06 Fri` covers Saturday 02:00. Raises ValueError,
    with a hint where one can be given, for hours it can't read.
    """
    match = _HOURS.fullmatch(hours)
    if match is None:
        raise ValueError(_bad_hours(hours))
    start, end, first, last = match.groups()
    if start is None:
        return True
    begins, ends = int(start) * 60, int(end) * 60
    if begins == ends:
        raise ValueError(f"these hours end when they begin, got {hours!r}; all day is 24x7")
    today = DAYS.index(weekday)
    if begins < ends:
        return begins <= minute_of_day < ends and _covers(first, last, today)
    if minute_of_day >= begins:
        return _covers(first, last, today)
    return minute_of_day < ends and _covers(first, last, (today - 1) % 7)


def _covers(first: str | None, last: str | None, day: int) -> bool:
    if first is None:
        return True
    start, end = DAYS.index(first), DAYS.index(last or first)
    return (day - start) % 7 <= (end - start) % 7


def _bad_hours(hours: str) -> str:
    tidy = re.sub(r":00", "", hours.strip().replace("–", "-").replace("24/7", "24x7"))
    tidy = re.sub(r"(?<![\dx])(\d)(?!\d)", r"0\1", re.sub(r"\s*-\s*", "-", tidy))
    tidy = re.sub(r"\b[A-Za-z]{3,9}\b", lambda word: _DAY_NAMES.get(word[0][:3].lower(), word[0]), tidy)
    # 9-5 is more likely meant as 09-17 than as a night shift, so it gets no hint.
    readable = (match := _HOURS.fullmatch(tidy)) and (match[1] is None or match[1] < match[2])
    hint = f"; did you mean {tidy}?" if readable else ""
    return f"expected hours such as 24x7, 08-17, 08-17 Mon-Fri or 24x7 on-call, got {hours!r}{hint}"


def _hours(hours: str) -> str:
    on_duty(hours, "Mon", 0)
    return hours


Hours = Annotated[
    str,
    AfterValidator(_hours),
    WithJsonSchema({"type": "string", "pattern": f"^{_HOURS.pattern}$", "examples": ["24x7", "08-17 Mon-Fri"]}),
]
"""When somebody can be called: `24x7`, `08-17`, `08-17 Mon-Fri`, `24x7 on-call`."""


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"the calendar has no {text}") from None
    raise ValueError(f"expected a date such as 2026-11-22 (year, month, day), got {text!r}")


Day = Annotated[date, BeforeValidator(_day)]
"""Authored as `2026-11-22`; held as a date."""


MEASURES: dict[str, str] = {
    "volume_per_15m": "posts about us in 15 minutes",
    "same_topic_per_15m": "posts on one theme in 15 minutes",
    "velocity_x": "posts in 15 minutes, as a multiple of the 15 minutes before",
    "volume_x_baseline": "posts in 15 minutes, as a multiple of an ordinary quarter of an hour",
    "influencer_followers": "followers of the largest account that speaks about us",
    "negative_share": "share of posts that are angry, 0 to 1",
    "open_priority_flags": "posts marked as priority that nobody has dealt with",
    "level": "the level that the team has declared",
}
"""Signals with a number."""

FLAGS: dict[str, str] = {
    "single_complaint": "one person complains",
    "journalist_question": "a journalist asks",
    "media_published": "a paper or station has reported",
    "boycott_hashtag_top10": "a call to boycott us trends",
    "own_post_offends": "something we published offends",
    "rumour_harmful": "a rumour that could hurt somebody",
    "exec_implicated": "somebody at the top is accused",
    "several_safety_reports": "more than one person reports a danger",
    "injury_or_child_ill": "somebody is hurt, or a child is ill",
    "death": "somebody has died",
    "authority_action": "an authority acts",
    "discrimination_confirmed": "discrimination has been confirmed",
    "personal_data_exposed": "personal data is out",
    "product_stop": "a product is stopped or recalled",
    "service_down": "a service that customers rely on is down",
    "data_loss": "customers' data is lost",
    "staff_threatened": "one of us is threatened",
    "no_new_theme": "no new theme has come up",
    "hub_current": "the crisis page says what is known",
    "executives_informed": "executives have the latest report",
    "communications_agree": "the head of communications agrees",
    "content_reread": "everything scheduled has been read again",
}
"""Signals that are there or not."""

_TRIGGER = re.compile(r"([a-z][a-z0-9_]*)(?: *(<=|>=|==|<|>) *(\S+))?(?: +for +(\S+))?")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A signal, with the number it is held against if it has one, and how long it must last."""

    signal: str
    op: str = ""
    """`<`, `<=`, `==`, `>=`, `>`, or nothing for a flag."""
    value: float = 0
    for_ms: int = 0

    def __str__(self) -> str:
        number = LEVEL_NAMES[int(self.value)] if self.signal == "level" else f"{self.value:.12g}"
        compared = f" {self.op} {number}" if self.op else ""
        return f"{self.signal}{compared}" + (f" for {show_duration(self.for_ms)}" if self.for_ms else "")


def parse_trigger(value: object) -> Trigger:
    """The trigger that `volume_per_15m >= 100`, `media_published` or `no_new_theme for 60m` stands for.

    Raises ValueError, with a suggestion where a known signal is near.
    """
    if isinstance(value, Trigger):
        return value
    text = str(value).strip()
    match = _TRIGGER.fullmatch(text)
    if match is None:
        raise ValueError(
            f"expected a signal such as media_published or volume_per_15m >= 100, got {text!r};"
            " there are no other expressions (one signal a line; any of them is enough)"
        )
    signal, op, number, lasting = match.groups()
    if signal not in MEASURES and signal not in FLAGS:
        raise ValueError(f"unknown signal {signal!r}{suggest(signal, (*MEASURES, *FLAGS))}")
    if signal in FLAGS and op:
        raise ValueError(f"{signal} is there or not: write it without {op} {number}")
    if signal in MEASURES and not op:
        raise ValueError(f"{signal} needs a number, as in {signal} >= {'L2' if signal == 'level' else '3'}")
    value = _number(signal, number) if op else 0
    return Trigger(signal, op or "", value, parse_duration(lasting) if lasting else 0)


def _number(signal: str, text: str) -> float:
    if signal == "level":
        if text not in LEVEL_NAMES:
            raise ValueError(f"expected a level from L0 to L4 after {signal}, got {text!r}")
        return LEVEL_NAMES.index(text)
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text):
        raise ValueError(f"expected a plain number after {signal}, got {text!r}")
    return float(text)


Signal = Annotated[
    Trigger,
    BeforeValidator(parse_trigger),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["volume_per_15m >= 100", "media_published", "hub_current"]}),
]
"""Authored as `volume_per_15m >= 100` or `media_published`; held as a Trigger."""


TASKS_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "holding": ("holding-statement",),
    "official": ("official-statement",),
    "update": ("public-update",),
    "reply": ("individual-reply", "individual-reply-crisis"),
    "press": ("press-reply",),
    "hub": ("hub-update",),
    "message": ("individual-reply", "individual-reply-crisis"),
    "instruction": ("safety-instruction",),
}
"""Which lines of the dashboard rule a kind of text. The first six are the engine's kinds."""

TASKS = (
    "triage-inbox",
    "classify",
    "pause-content",
    "internal-notice",
    "partner-notice",
    "authority-contact",
    "stand-down",
    *dict.fromkeys(task for tasks in TASKS_BY_KIND.values() for task in tasks),
)
"""Tasks that the drill understands. A plan may have more of its own."""

Permit = Literal[
    "reply",
    "dm",
    "thank",
    "like",
    "voucher_private",
    "pin_note",
    "holding",
    "official",
    "update",
    "hub",
    "press_line",
    "pause_content",
    "delete_own_post",
    "internal_notice",
    "safety_instruction",
    "video_optional",
    "video",
    "product_stop",
]
"""What a level permits."""

Never = Literal[
    "delete_criticism",
    "close_account",
    "fake_review",
    "legal_threat_public",
    "ask_personal_data_public",
    "blame_customer",
    "blame_supplier",
    "name_employee",
]
"""What no level permits."""

Sensitive = Literal[
    "admission_of_liability",
    "medical_claim",
    "compensation_amount",
    "naming_a_person",
    "technical_cause",
    "restoration_time",
]
"""What nobody may say without one person's word."""

Override = Literal[
    "physical_safety", "minors", "discrimination_alleged", "tragedy_link", "own_offensive_post", "data_loss"
]
"""What lifts a level at once, however small the volume."""
