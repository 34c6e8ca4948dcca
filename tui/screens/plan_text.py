"""The pages of the plan, laid out for a width."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from drills.drill import Drill
from drills.plan import Plan, colleagues, plain_plan
from drills.plan.flow import steps
from drills.plan.showing import (
    Item,
    Section,
    duties,
    kind_page,
    level_page,
    speakers,
    unapproved,
    word,
    work,
)
from drills.plan.showing_rules import rule_page, text_page
from scenarios.moments import show_duration
from scenarios.terms import LEVEL_NAMES
from tui.glyphs import short_left
from tui.plan_run import steps_done
from tui.safe import line
from tui.screens.plan_now import WIDE, View, duty_words, now_page
from tui.widgets.flowchart import MOST, flowchart, pen
from tui.widgets.prose import Lines, beside, hang, heading, joined, spread, styled, wrapped
from tui.widgets.sections import painted

PAGES = {"now": "Now", "path": "Path", "levels": "Levels", "kinds": "Kinds", "texts": "Texts", "rules": "Rules"}


def page(view: View, name: str, width: int) -> Content:
    """One of PAGES."""
    if name == "now":
        return joined(now_page(view, width))
    if name == "path":
        return joined(_path(view, width))
    return joined(_columns(sections(view, name), width))


def sections(view: View, name: str) -> list[Section]:
    """A page that is a list of sections."""
    plan = view.plan
    if name == "levels":
        return level_page(plan, view.level)
    if name == "kinds":
        books = sorted(plan.playbooks, key=lambda book: book.type != view.kind)
        return kind_page(books) or [Section("Kinds of crisis", ())]
    if name == "texts":
        return text_page(plan, view.kind)
    return rule_page(plan, view.drill.scenario, view.now_ms)


def found(view: View, words: str, width: int) -> Content:
    """Everything in the plan that speaks of these words, page by page."""
    wanted = " ".join(words.lower().split())
    rows: Lines = []
    for name, title in PAGES.items():
        for section in _searchable(view, name):
            whole = wanted in section.title.lower()
            items = tuple(item for item in section.items if whole or item.has(wanted))
            if items:
                rows += painted(Section(f"{title}: {section.title}", items), width)
    return joined(rows[1:] or [styled("The plan does not speak of this.", "$muted")])


def _searchable(view: View, name: str) -> list[Section]:
    if name == "now":
        called = [
            Item(one.name, f"{one.work} {one.phone}", f"told within {show_duration(one.within_ms)}")
            for one in view.calls
        ]
        tasks = [Item(one.task, duty_words(one), one.limit) for one in duties(view.plan, view.level)]
        at = LEVEL_NAMES[view.level]
        return [
            Section(f"Call at {at}", tuple(called)),
            Section(f"Who does what at {at}", tuple(tasks)),
            unapproved(view.plan, view.level),
            speakers(view.plan, view.level),
        ]
    if name == "path":
        way = steps(view.plan, view.level, view.kind)
        return [Section(step.title, tuple(Item("", text) for text in step.lines)) for step in way if step.said]
    return sections(view, name)


# -- sections ----------------------------------------------------------------------------------------------------


def _columns(found_: Sequence[Section], width: int) -> Lines:
    if width < WIDE:
        return [row for section in found_ for row in painted(section, width)][1:]
    each = (width - 4) // 2
    blocks = [painted(section, each) for section in found_]
    left: Lines = []
    right: Lines = []
    half = sum(map(len, blocks)) / 2
    for block in blocks:
        (right if right or (left and len(left) + len(block) / 2 > half) else left).extend(block)
    return beside([left[1:], right[1:]], [each, each], 4)


# -- path --------------------------------------------------------------------------------------------------------


def _path(view: View, width: int) -> Lines:
    done = steps_done(view.desk, view.calls, view.level) if view.desk is not None else {}
    kind = f"Kind of crisis: {word(view.kind)}" if view.kind else "No kind of crisis chosen"
    more = "n N: another kind" if view.plan.playbooks else ""
    head = spread(styled(line(kind), "bold $primary"), styled(more, "$muted"), min(width, MOST))
    return [head, *flowchart(steps(view.plan, view.level, view.kind), width, done, pen())]


# -- without a plan ----------------------------------------------------------------------------------------------


def plain(drill: Drill, width: int) -> Content:
    """What a drill without a plan has instead: a team."""
    rows = wrapped(Content("This drill has no contingency plan: nothing says who calls whom, or who approves."), width)
    rows += heading("Your team")
    for one in colleagues(plain_plan(drill.scenario), drill.scenario):
        soon = f"answers in about {short_left(one.p50_ms, coarse=True)}" if one.on_duty else "off duty"
        what = f" {line(work(one))}" if work(one).lower() not in one.name.lower() else ""
        words = Content.assemble((line(one.name), "bold"), what, (f"  {soon}", "$muted"))
        rows += hang("· ", words, width)
    return joined(rows)


def kinds(plan: Plan) -> list[str]:
    """The kinds of crisis one can go through; '' is none."""
    return ["", *[book.type for book in plan.playbooks]]
