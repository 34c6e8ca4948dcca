"""What somebody who posts has to say: their take, from their luck, the mood, and what we have said so far.

Nobody here posts; `engine.public` does. Whoever is against us complains, quotes a bad sentence of ours or misses what
we failed to say; whoever is not asks, wonders, quotes a good one or stands up for us.
"""

from __future__ import annotations

from typing import NamedTuple

from engine import luck
from engine.feeling import Feeling, mul
from engine.luck import ONE, Eight
from engine.people import People
from scenarios.moments import HOUR, MINUTE


class Take(NamedTuple):
    """What a post will be."""

    form: str
    need: str = "none"
    voice: str = ""
    quotes: str = ""
    """The key of our text that it speaks about, or ''."""
    kind: bool = False
    """Whether its author is not against us."""


def original(numbers: Eight, feeling: Feeling, people: People, *, against: bool, now_ms: int) -> Take:
    """A post of somebody's own: a complaint, a question, a word for us, or what they miss from us."""
    voice = people.voice(numbers)
    if feeling.theme.rumour and not feeling.corrected and voice == "bystander":
        voice = "rumour_spreader"
    need = people.needs(numbers, voice, feeling)
    if not against and need == "complaint":
        need = "none"
    if need != "none":
        return Take("original", need, voice, kind=not against)
    if against:
        form, quotes = _grievance(numbers, feeling, people, now_ms, "original")
        return Take(form, "none", _not_a_fan(voice), quotes)
    if people.stands_up(numbers, feeling.trust):
        return Take("original", "none", "fan", kind=True)
    return Take("original", "none", voice if voice == "fan" else "bystander", kind=True)


def comment(numbers: Eight, feeling: Feeling, people: People, *, against: bool, now_ms: int) -> Take:
    """An answer in a thread."""
    voice = people.voice(numbers)
    if against:
        form, quotes = _grievance(numbers, feeling, people, now_ms, "reaction")
        return Take(form, "none", _not_a_fan(voice), quotes)
    if feeling.dear is not None and _quoted(feeling.dear, numbers, people, now_ms):
        return Take("echo-kind", "none", voice, feeling.dear[0], kind=True)
    if people.stands_up(numbers, feeling.trust):
        return Take("defence", "none", "fan", feeling.spoken, kind=True)
    return Take("reaction", "none", voice, kind=True)


def _not_a_fan(voice: str) -> str:
    return "customer" if voice == "fan" else voice


def _grievance(numbers: Eight, feeling: Feeling, people: People, now_ms: int, otherwise: str) -> tuple[str, str]:
    """What somebody who is against us takes up, and which text of ours it quotes: a bad sentence, or what we failed to
    say."""
    if feeling.sore is not None and _quoted(feeling.sore, numbers, people, now_ms):
        return "echo", feeling.sore[0]
    missed = now_ms - feeling.since_ms > people.c["missing_minutes"] * MINUTE // 1_000_000
    if missed and luck.below(numbers[4] * 3 % ONE, people.c["missing_chance"]):
        if not feeling.spoken:
            return "missing-word", ""
        lacks = [name for name, acts in _wants(feeling) if not any(act in feeling.last for act in acts)]
        if lacks:
            return f"missing-{lacks[numbers[7] * 5 % ONE * len(lacks) // ONE]}", feeling.spoken
    return otherwise, ""


def _quoted(text: tuple[str, int, int], numbers: Eight, people: People, now_ms: int) -> bool:
    """Whether somebody quotes this text of ours: while it is fresh, and the sooner the more people have seen it."""
    return now_ms - text[1] < HOUR and luck.below(numbers[4] * 5 % ONE, mul(people.c["echo_chance"], text[2]))


def _wants(feeling: Feeling) -> list[tuple[str, tuple[str, ...]]]:
    """What people want to hear, and the acts of ours that would say it."""
    wants = [("facts", ("explaining", "instructing", "denial_with_evidence")), ("plan", ("corrective", "holding"))]
    if feeling.blame >= 500_000:
        wants.append(("sorry", ("apology_active",)))
    if feeling.theme.needs.get("harm", 0) > 0:
        wants.append(("people", ("sympathy", "apology_active")))
    return wants
