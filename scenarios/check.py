"""What types cannot say about a scenario: references that lead nowhere, moments that contradict each other, words that
never end. Errors keep a scenario from being played; warnings don't."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from scenarios.conditions import Condition
from scenarios.grammar import faults, stock
from scenarios.model import Inject, Scenario
from scenarios.moments import HOUR, MINUTE, show_duration, show_moment
from scenarios.source import Problem, Source, suggest

Loc = tuple[str | int, ...]
LONGEST_MS = 7 * 24 * HOUR


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def check_scenario(source: Source[Scenario]) -> list[Problem]:
    """Every problem of a scenario that is valid by its types, in the order of the file."""
    scenario = source.value
    found = [
        *_twice(source, scenario),
        *_taken(source, scenario),
        *_references(source, scenario),
        *_moments(source, scenario),
        *_injects(source, scenario),
        *_words(source, scenario),
    ]
    return sorted(found)


def _twice(source: Source[Scenario], scenario: Scenario) -> Iterator[Problem]:
    """Ids that are given to two things of one kind; injects and content share theirs with the posts they become."""
    lists: dict[str, Sequence[_Named]] = {
        "channels": scenario.channels,
        "themes": scenario.themes,
        "cast": scenario.cast,
        "branches": scenario.branches,
    }
    for name, items in lists.items():
        yield from _same(source, [((name, index), item.id) for index, item in enumerate(items)])
    claims: dict[str, Sequence[_Named]] = {"facts": scenario.facts, "falsehoods": scenario.falsehoods}
    keyed: dict[str, Sequence[_Named]] = {
        "beats": scenario.beats,
        "contingency": scenario.contingency,
        "content": scenario.content,
    }
    for group in (claims, keyed):
        yield from _same(source, [((name, i), one.id) for name, items in group.items() for i, one in enumerate(items)])


_OURS = re.compile(r"our-[a-z]+-[0-9]+(-.*)?|chatter")
_CROWD = re.compile(r"brand|p[0-9]+")


def _taken(source: Source[Scenario], scenario: Scenario) -> Iterator[Problem]:
    """Ids that the run itself gives: to our own texts, to the brand as an author, to the people of the crowd."""
    lists: tuple[tuple[str, Sequence[_Named], re.Pattern[str]], ...] = (
        ("cast", scenario.cast, _CROWD),
        ("beats", scenario.beats, _OURS),
        ("contingency", scenario.contingency, _OURS),
        ("content", scenario.content, _OURS),
    )
    for name, items, taken in lists:
        for index, item in enumerate(items):
            if taken.fullmatch(item.id):
                yield source.problem((name, index, "id"), f"the run itself gives the name {item.id!r}; take another")


def _same(source: Source[Scenario], ids: list[tuple[Loc, str]]) -> Iterator[Problem]:
    first: dict[str, Loc] = {}
    for loc, name in ids:
        if name in first:
            line, _ = source.place((*first[name], "id"))
            yield source.problem((*loc, "id"), f"the id {name!r} is given twice, first in line {line}")
        first.setdefault(name, loc)


def _references(source: Source[Scenario], scenario: Scenario) -> Iterator[Problem]:
    channels = {channel.id for channel in scenario.channels}
    themes = {theme.id for theme in scenario.themes}
    cast = {member.id for member in scenario.cast}
    injects = {inject.id for inject in (*scenario.beats, *scenario.contingency)}
    held = {inject.id for inject in scenario.contingency}
    content = {item.id for item in scenario.content}
    facts = {fact.id for fact in scenario.facts}

    def unknown(loc: Loc, what: str, name: str | None, known: set[str]) -> Iterator[Problem]:
        if name is not None and name not in known:
            yield source.problem(loc, f"there is no {what} {name!r}{suggest(name, sorted(known))}")

    for index, step in enumerate(scenario.accounts):
        for number, channel in enumerate(step.channels):
            yield from unknown(("accounts", index, "channels", number), "channel", channel, channels)
    for name, items in (("beats", scenario.beats), ("contingency", scenario.contingency)):
        for index, inject in enumerate(items):
            yield from unknown((name, index, "channel"), "channel", inject.channel, channels)
            yield from unknown((name, index, "theme"), "theme", inject.theme, themes)
            yield from unknown((name, index, "by"), "member of the cast", inject.by, cast)
    for index, item in enumerate(scenario.content):
        yield from unknown(("content", index, "channel"), "channel", item.channel, channels)
    for index, theme in enumerate(scenario.themes):
        for number, fact in enumerate(theme.rumour):
            yield from unknown(("themes", index, "rumour", number), "fact", fact, facts)
    for index, branch in enumerate(scenario.branches):
        yield from unknown(("branches", index, "then", "theme"), "theme", branch.then.theme, themes)
        for number, inject_id in enumerate(branch.then.fires):
            yield from unknown(("branches", index, "then", "fires", number), "contingency inject", inject_id, held)
    yield from unknown(("expected", "origin"), "channel", scenario.expected.origin, channels)
    for index, model in enumerate(scenario.models):
        yield from unknown(("models", index, "to"), "inject or theme", model.to, injects | themes)
    for loc, condition in _conditions(scenario):
        yield from _condition(source, loc, condition, channels, themes, injects, content, scenario)
    fired = {inject_id for branch in scenario.branches for inject_id in branch.then.fires}
    for index, inject in enumerate(scenario.contingency):
        if inject.at is not None or inject.when is not None:
            key = "at" if inject.at is not None else "when"
            yield source.problem(
                ("contingency", index, key),
                f"{inject.id!r} is held until a branch fires it, so `{key}:` does nothing; move it to `beats:`",
            )
        if inject.id not in fired:
            yield source.problem(
                ("contingency", index, "id"),
                f"no branch fires {inject.id!r}; only a facilitator can",
                severity="warning",
            )


def _conditions(scenario: Scenario) -> Iterator[tuple[Loc, Condition]]:
    for name, items in (("beats", scenario.beats), ("contingency", scenario.contingency)):
        for index, inject in enumerate(items):
            if inject.when is not None:
                yield (name, index, "when"), inject.when
            if inject.expects is not None:
                yield (name, index, "expects", "does"), inject.expects.does
    for index, branch in enumerate(scenario.branches):
        yield ("branches", index, "when"), branch.when
    for index, step in enumerate(scenario.expected.steps):
        yield ("expected", "steps", index, "does"), step.does


def _condition(
    source: Source[Scenario],
    loc: Loc,
    condition: Condition,
    channels: set[str],
    themes: set[str],
    injects: set[str],
    content: set[str],
    scenario: Scenario,
) -> Iterator[Problem]:
    claims = {fact.id for fact in scenario.facts} | {falsehood.id for falsehood in scenario.falsehoods}

    def unknown(where: tuple[str, ...], what: str, name: str | None, known: set[str]) -> Iterator[Problem]:
        if name is not None and name not in known:
            yield source.problem((*loc, *where), f"there is no {what} {name!r}{suggest(name, sorted(known))}")

    if condition.acted is not None:
        yield from unknown(("acted", "channel"), "channel", condition.acted.channel, channels)
        yield from unknown(
            ("acted", "target"), "inject, content or channel", condition.acted.target, injects | content | channels
        )
    if condition.published is not None:
        yield from unknown(("published", "channel"), "channel", condition.published.channel, channels)
    if condition.fact_said is not None:
        yield from unknown(("fact_said", "id"), "fact or falsehood", condition.fact_said.id, claims)
    if condition.mood is not None:
        yield from unknown(("mood", "theme"), "theme", condition.mood.theme, themes)
    if condition.unanswered is not None:
        yield from unknown(("unanswered", "inject"), "inject", condition.unanswered.inject, injects)
    yield from unknown(("content_fired",), "scheduled content", condition.content_fired, content)
    yield from unknown(("fired",), "inject", condition.fired, injects)
    for name in ("all_of", "any_of", "none_of"):
        for index, inner in enumerate(getattr(condition, name) or ()):
            yield from _condition(source, (*loc, name, index), inner, channels, themes, injects, content, scenario)


def _moments(source: Source[Scenario], scenario: Scenario) -> Iterator[Problem]:
    end = scenario.lasts
    if not MINUTE <= end <= LONGEST_MS:
        yield source.problem(
            ("lasts",),
            f"an exercise lasts from 1m to {show_duration(LONGEST_MS)}, not {show_duration(end)}",
        )
    timed: list[tuple[Loc, int | None]] = [
        *((("beats", i, "at"), inject.at) for i, inject in enumerate(scenario.beats)),
        *((("content", i, "at"), item.at) for i, item in enumerate(scenario.content)),
        *((("truth", i, "at"), step.at) for i, step in enumerate(scenario.truth)),
        *((("themes", i, "at"), theme.at) for i, theme in enumerate(scenario.themes)),
    ]
    for loc, at in timed:
        if at is not None and at >= end:
            yield source.problem(
                loc,
                f"{show_moment(at)} is after ENDEX at {show_moment(end)}; it would never happen",
                severity="warning",
            )
    for index, fact in enumerate(scenario.facts):
        if fact.sayable is not None and fact.sayable < fact.known:
            yield source.problem(
                ("facts", index, "sayable"),
                f"{fact.id!r} may be said at {show_moment(fact.sayable)} but is known at {show_moment(fact.known)}",
            )
    for index, (before, after) in enumerate(zip(scenario.truth, scenario.truth[1:], strict=False)):
        if after.at <= before.at:
            yield source.problem(("truth", index + 1, "at"), "the steps of the truth must come in the order of time")
    if scenario.truth[0].at != 0:
        yield source.problem(("truth", 0, "at"), "the truth must begin at T+0m")


def _injects(source: Source[Scenario], scenario: Scenario) -> Iterator[Problem]:
    for name, items in (("beats", scenario.beats), ("contingency", scenario.contingency)):
        for index, inject in enumerate(items):
            yield from _inject(source, (name, index), inject, held=name == "contingency")
    if scenario.themes and not any(channel.visitor_posts and channel.share > 0 for channel in scenario.channels):
        yield source.problem(("channels",), "nobody can post on any of these channels", severity="warning")


def _inject(source: Source[Scenario], loc: Loc, inject: Inject, *, held: bool) -> Iterator[Problem]:
    if not held and inject.at is None and inject.when is None:
        yield source.problem(loc, f"when does {inject.id!r} happen? give it `at:` or `when:`")
    public = inject.kind in ("post", "own_post")
    if not public and inject.stirs:
        yield source.problem((*loc, "stirs"), f"only a post stirs the public; {inject.id!r} is a {inject.kind}")
    if inject.friendly and inject.needs in ("harm", "complaint"):
        yield source.problem(
            (*loc, "friendly"), f"a friendly post speaks up for the brand; this one has `needs: {inject.needs}`"
        )
    if inject.friendly and inject.theme is None:
        yield source.problem((*loc, "friendly"), "it calms the public of a theme: give this inject `theme:`")
    if inject.stirs and inject.theme is None:
        yield source.problem(
            (*loc, "stirs"), "reactions belong to a theme: give this inject `theme:`", severity="warning"
        )
    if inject.kind == "approval" and not inject.draft:
        yield source.problem(loc, f"{inject.id!r} asks for an approval: give it the `draft:` to approve")
    if inject.draft and inject.kind != "approval":
        yield source.problem((*loc, "draft"), f"a draft belongs to an inject of kind approval, not {inject.kind}")


def _words(source: Source[Scenario], scenario: Scenario) -> Iterator[Problem]:
    for fault in faults(scenario.words, stock(scenario.language)):
        yield source.problem(("words", fault.symbol, fault.index), str(fault))
