"""What the desk finds by its indexes is what a look at every post would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drills.desk import Desk
from engine.actions import Action
from engine.events import Acted, Event, Posted, Published, Shared
from tests.tui.scripted import COLLEAGUES, DUE, NAMES, SCENARIO

AUTHORS, THEMES, NEEDS = ("mum", "kev", "brand"), ("safe", "chemicals", ""), ("none", "harm", "question")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["post", "post", "post", "share", "dismiss", "answer"]), st.integers(0, 99),
        st.sampled_from(AUTHORS), st.sampled_from(THEMES), st.sampled_from(NEEDS), st.booleans(),
    ),
    max_size=60,
)  # fmt: skip


def told(steps: list[tuple[str, int, str, str, str, bool]]) -> list[Event]:
    """A story in which posts are answered, shared, dismissed and taken back."""
    found: list[Event] = []
    keys: list[str] = []
    for at, (what, which, author, theme, need, answers) in enumerate(steps):
        old = keys[which % len(keys)] if keys else ""
        if what == "post":
            form = "scripted" if which % 9 == 0 else "original"
            keys.append(f"p{at}")
            found.append(Posted(at, f"p{at}", author, "flit", theme, need, old if answers else "", "x", form, "tense",
                                "", "words", 10 + which))  # fmt: skip
        elif not old:
            continue
        elif what == "share":
            found.append(Shared(at, f"s{at}", old, "kev", which))
        elif what == "dismiss":
            found.append(Acted(at, Action(f"a{at}", at, "SML", "flag", target=old, kind="dismissed")))
        else:
            found.append(Published(at, f"o{at}", f"a{at}", "reply", "", ("flit",), (old,), "", "words"))
    return found


@given(STEPS)
def test_the_indexes_find_what_a_look_at_every_post_finds(steps: list[tuple[str, int, str, str, str, bool]]) -> None:
    desk = Desk(SCENARIO, COLLEAGUES, NAMES, lambda event: event.key, DUE)
    for event in told(steps):
        desk.apply(event)
    views = list(desk.posts.values())
    for author in AUTHORS:
        assert [view for view in views if view.event.author == author] == list(desk.by_author(author))
    assert {view.event.theme for view in views if not view.ours} - {""} == desk.talked_about
    rows = desk.queue()
    assert sorted(view.key for view in views if view.waiting) == sorted(key for row in rows for key in row.posts)
    for row in rows:
        group = [desk.posts[key] for key in row.posts]
        assert min(view.due_ms for view in group) == row.due_ms
        assert sum(view.reach for view in group) == row.reach
        assert {len(group)} == {desk.waiting_with(view.key) for view in group}
    for view in views:
        assert [one for one in views if one.event.parent == view.key] == list(desk.answers(view.key))
        thread = desk.thread(view.key)
        assert view in thread and thread == sorted(thread, key=views.index)
        assert [thread[0].key] == [one.key for one in thread if one.event.parent not in {two.key for two in thread}]
        if not view.waiting:
            assert 0 == desk.waiting_with(view.key)
