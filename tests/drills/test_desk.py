"""The desk is a fold: what it shows comes from the events alone, in the order in which they came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drills import joining
from drills.desk import Changed, Desk, PostView, Tag, describe, most_shared, trends_over_time
from drills.journal import RECORD, read
from drills.run import Run
from drills.session import Session
from engine.actions import VERBS, Action
from engine.events import (
    HIDDEN,
    Acted,
    ApprovalAsked,
    Branched,
    Escalated,
    Event,
    Posted,
    Published,
    Reached,
    Received,
    Shared,
    TruthChanged,
    Void,
)
from tests.drills.sessions import drill
from tests.engine.worlds import COLLEAGUES, SORRY, STORY, action, played, scenario, statement

MINUTE = 60_000
DUE = {"harm": 10 * MINUTE, "question": 20 * MINUTE, "complaint": 30 * MINUTE}
NAMES = {"ruth": ("Ruth Ash", "@ruth"), "quill": ("Mara Quill", "@quill"), "brand": ("Mini", "@mini")}


def empty(text_of: Callable[[Posted], str] = lambda post: f"words of {post.key}") -> Desk:
    """A desk that has seen nothing."""
    return Desk(scenario(), COLLEAGUES, NAMES, text_of, DUE)


def folded(events: list[Event]) -> Desk:
    """A desk that has seen these."""
    desk = empty()
    for event in events:
        desk.apply(event)
    return desk


def post(at_min: float, key: str, **given: Any) -> Posted:
    """A complaint about the soup on flit from somebody of the crowd."""
    values: dict[str, Any] = {
        "author": "p1", "channel": "flit", "theme": "soup", "need": "complaint", "parent": "", "cause": "soup",
        "form": "original", "mood": "tense", "quotes": "", "text": "", "reach": 100,
    }  # fmt: skip
    return Posted(at_ms=round(at_min * MINUTE), key=key, **{**values, **given})


def acted(at_min: float, do: str, **given: Any) -> Acted:
    """The team did this."""
    taken = action(at_min, do, **given)
    return Acted(taken.at_ms, taken)


def answered(at_min: float, *targets: str) -> Published:
    """We answered these posts."""
    return Published(round(at_min * MINUTE), "our-reply-1", "a1", "reply", "", (), targets, "Ana", "Sorry. — Ana")


def state(thing: Any) -> Any:
    """Everything a desk holds, as comparable data, without the functions that it was given."""
    if is_dataclass(thing) and not isinstance(thing, type):
        names = {field.name for field in fields(thing)}
        if isinstance(thing, PostView):  # its words are made when somebody looks
            names = names - {"write", "_words"} | {"text"}
        return {name: state(getattr(thing, name)) for name in names}
    if isinstance(thing, dict):
        return [(state(key), state(value)) for key, value in thing.items()]
    if isinstance(thing, list | tuple):
        return [state(each) for each in thing]
    return thing


def seen(desk: Desk) -> Any:
    """What two desks must agree on."""
    inner = ("_folds", "_text_of", "_trends", "scenario")
    held = {name: state(value) for name, value in vars(desk).items() if name not in inner}
    return {**held, "trending": state(desk.trending())}


GOOD = [
    action(2.5, "sweep"),
    action(3, "classify", level=3, themes=("soup",), confidence="high"),
    action(3.5, "escalate", to=("com", "boss"), text="Cold soup."),
    action(4, "delete", target="own", kind="said"),
    action(5, "request_approval", to=("com",), kind="holding", text="We are sorry.", channels=("flit",)),
    action(6, "reply", target="ruth-asks", text="No. Sorry. — Ana", reading=SORRY),
    statement(7),
    action(10, "answer_press", target="press", text="By nine. — Ana", reading=SORRY),
    action(11, "pause", target="advert"),
    action(13, "decide", target="draft", kind="return", text="No."),
    action(14, "ask", to=("chef",), text="What happened?"),
    action(30, "reply", target="nobody", text="Hello?", reading=SORRY),
]


# -- the law -------------------------------------------------------------------------------------------------


def test_the_same_events_make_the_same_desk() -> None:
    log = played(3, GOOD).log
    assert seen(folded(log)) == seen(folded(list(log)))
    assert seen(folded(log)) != seen(folded(log[:-20]))


def test_a_desk_that_comes_late_sees_what_the_others_see(tmp_path: Path) -> None:
    """Live, event by event, and afterwards from the log."""
    session = Session.rehearse(drill(tmp_path), seed=2)
    session.skip_to(4 * MINUTE)
    session.act("flag", target="ruth-asks", kind="priority")
    session.skip_to(30 * MINUTE)
    session.act("reply", target="ruth-asks", text="No, Ruth. I am sorry. — Ana")
    session.skip_to(session.ends_ms)
    late = session._of.desk(session.world.text_of)
    for event in session.world.log:
        late.apply(event)
    late.now_ms = session.desk.now_ms
    assert seen(session.desk) == seen(late)


def test_every_event_says_what_it_touched() -> None:
    desk = empty()
    touched = {type(event): desk.apply(event) for event in played(1, GOOD).log}
    assert Changed.POSTS in touched[Posted] and Changed.LOG in touched[Acted]
    assert all(touched[kind] is Changed.NOTHING for kind in HIDDEN if kind in touched)


# -- what may not be known -----------------------------------------------------------------------------------


def test_the_truth_is_nowhere_on_the_desk() -> None:
    log = played(1).log
    hidden = [event for event in log if isinstance(event, TruthChanged | Branched)]
    assert hidden, "the story has a truth to hide"
    without = [event for event in log if event not in hidden]
    assert seen(folded(log)) == seen(folded(without))


SECRET = "zyzzyva"
"""A word that stands in every authored place that the team may not see before ENDEX."""


def test_nothing_that_is_hidden_reaches_the_desk_the_log_or_the_drafts(tmp_path: Path) -> None:
    story = yaml.safe_load(STORY)
    never = {"text": SECRET, "expects": {"does": {"acted": {"do": "note"}}, "within": "5m", "task": "CT1"}}
    story["truth"] = [{"level": "L3", "why": SECRET}, {"at": "T+5m", "level": "L4", "why": SECRET}]
    story["beats"][1] |= {"trap": SECRET, "note": SECRET, "expects": {**never["expects"], "why": SECRET}}
    story["contingency"][0] |= {"trap": SECRET, "note": SECRET}
    story["contingency"].append({"id": "held", "text": SECRET})
    story["branches"] = [{"id": "at-once", "when": {"after": "T+3m"}, "then": {"level": "L4"}, "note": SECRET}]
    story["facts"] += [
        {"id": "unasked", "text": SECRET, "ask": "FUN/kitchen"},
        {"id": "later", "text": SECRET, "known": "T+50m", "sayable": "never", "said_as": ["it was the oven"]},
    ]
    story["falsehoods"] = [{"id": "lie", "text": SECRET, "said_as": ["we were hacked"], "lie": True, "why": SECRET}]
    story["models"] = [{"use": "holding", "text": SECRET, "why": SECRET}]
    story["expected"] |= {"steps": [{"id": "step", "text": SECRET, "does": {"acted": {"do": "sweep"}}}]}
    path = tmp_path / "story.yaml"
    path.write_text(yaml.safe_dump(story), "utf-8")
    session = Session.start(joining.from_path(path), tmp_path / "runs", pace=60, clock=lambda: 0.0)
    session.skip_to(4 * MINUTE)
    session.save_draft("reply", "It was the oven")
    session.act("reply", target="ruth-asks", text="It was the oven, and we were hacked.")
    session.act("request_approval", to=("com",), kind="holding", text="It was the oven.", channels=("flit",))
    session.skip_to(45 * MINUTE)
    session.close()
    _, *lines = read(session.path / RECORD).records
    assert SECRET not in repr((seen(session.desk), session.drafts, lines))
    assert session.desk.approvals and not session.ended


def test_before_anybody_has_said_so_there_is_no_level() -> None:
    desk = folded(played(1, until_ms=10 * MINUTE).log)
    assert desk.level is None and desk.classification is None and [] == desk.levels


def test_a_run_knows_the_truth_and_the_desk_does_not(tmp_path: Path) -> None:
    session = Session.rehearse(drill(tmp_path), seed=1)
    session.skip_to(session.ends_ms)
    run: Run = session.run()
    assert (0, 3) == run.truth()[0] and len(run.truth()) > 1
    assert [] == run.levels()


def test_a_fact_is_seen_when_it_is_learnt_and_marked_when_it_may_be_said() -> None:
    log = played(1, until_ms=30 * MINUTE).log
    facts = {at: folded([event for event in log if event.at_ms <= at * MINUTE]).facts for at in (4, 6, 11)}
    assert [[], ["f1"], ["f1"]] == [list(facts[at]) for at in (4, 6, 11)]
    assert [False, True] == [facts[at]["f1"].sayable for at in (6, 11)]


def test_what_is_on_no_list_is_found_by_a_sweep() -> None:
    before = folded(played(1, until_ms=5 * MINUTE).log)
    after = folded(played(1, [action(3, "sweep")], until_ms=5 * MINUTE).log)
    assert (["advert"], -1) == (list(before.contents), before.swept_ms)
    assert (["advert", "letter"], 3 * MINUTE) == (list(after.contents), after.swept_ms)


# -- the queue -----------------------------------------------------------------------------------------------


def test_posts_that_need_the_same_answer_are_one_row() -> None:
    desk = folded([post(1, "a"), post(2, "b"), post(3, "c", channel="plaza"), post(4, "d", need="question")])
    assert {"flit/soup/complaint": ("a", "b"), "plaza/soup/complaint": ("c",), "flit/soup/question": ("d",)} == {
        row.key: row.posts for row in desk.queue()
    }


def test_scripted_posts_and_posts_without_a_theme_stand_alone() -> None:
    desk = folded([post(1, "a"), post(1, "s", form="scripted", text="Well?"), post(1, "x", theme="")])
    assert {"flit/soup/complaint", "s", "x"} == {row.key for row in desk.queue()}


def test_a_row_is_due_when_its_first_post_is_and_reaches_whom_all_reach() -> None:
    (row,) = folded([post(1, "a", reach=50), post(9, "b", reach=700)]).queue()
    assert (31 * MINUTE, 750, "The soup") == (row.due_ms, row.reach, row.title)


def test_the_least_time_left_comes_first() -> None:
    desk = folded([post(1, "a"), post(5, "b", need="harm"), post(2, "c", need="question")])
    assert ["harm", "question", "complaint"] == [row.need for row in desk.queue()]


def test_what_wants_no_answer_and_what_is_ours_is_not_in_the_queue() -> None:
    desk = folded([post(1, "a", need="none"), post(1, "b", need="praise"), post(1, "c", author="brand")])
    assert [] == desk.queue()
    assert -1 == desk.posts["a"].due_ms


def test_an_answer_to_a_group_takes_it_out_of_the_queue() -> None:
    desk = folded([post(1, "a"), post(2, "b"), post(3, "c"), answered(4, "a", "b")])
    (row,) = desk.queue()
    assert ("c",) == row.posts
    assert (4 * MINUTE, "our-reply-1") == (desk.posts["a"].answered_ms, desk.posts["a"].answered_by)


def test_the_first_answer_counts() -> None:
    desk = folded([post(1, "a"), answered(4, "a"), answered(9, "a")])
    assert 4 * MINUTE == desk.posts["a"].answered_ms


def test_a_dismissed_post_waits_no_longer_until_it_is_taken_back() -> None:
    mark = acted(2, "flag", target="a", kind="dismissed", also=("b",))
    desk = folded([post(1, "a"), post(1, "b"), mark])
    assert ([], ("dismissed",)) == (desk.queue(), desk.posts["b"].flags)
    desk.apply(mark)
    assert ("a", "b") == desk.queue()[0].posts
    assert () == desk.posts["a"].flags


def test_flags_are_kept_beside_each_other() -> None:
    desk = folded([post(1, "a"), *(acted(2, "flag", target="a", kind=kind) for kind in ("priority", "press"))])
    assert ("priority", "press") == desk.posts["a"].flags
    assert [row.posts for row in desk.queue()] == [("a",)]


def test_a_post_can_be_given_to_somebody() -> None:
    desk = folded([post(1, "a"), acted(2, "assign", target="a", to=("com",))])
    assert "com" == desk.posts["a"].assigned


def test_late_rows_are_counted() -> None:
    desk = folded([post(1, "a"), post(1, "b", need="harm")])
    assert 0 == desk.late()
    desk.now_ms = 12 * MINUTE
    assert 1 == desk.late()
    desk.now_ms = 32 * MINUTE
    assert 2 == desk.late()


# -- threads, inbox, people ----------------------------------------------------------------------------------


def test_a_thread_is_a_post_with_all_its_answers() -> None:
    desk = folded([post(1, "a"), post(2, "b", parent="a"), post(3, "x"), post(4, "c", parent="b")])
    for key in ("a", "b", "c"):
        assert ["a", "b", "c"] == [view.key for view in desk.thread(key)]
    assert ["x"] == [view.key for view in desk.thread("x")]
    assert 1 == desk.posts["a"].replies


def test_words_of_the_crowd_are_asked_for_and_scripted_words_are_carried() -> None:
    desk = folded([post(1, "a"), post(1, "s", form="scripted", text="As written")])
    assert ["words of a", "As written"] == [desk.posts[key].text for key in ("a", "s")]


def test_a_press_query_waits_with_its_own_deadline_until_it_is_answered() -> None:
    log = played(1, GOOD).log
    before = folded([event for event in log if event.at_ms <= 9 * MINUTE])
    assert (True, 29 * MINUTE) == (before.inbox["press"].waiting, before.inbox["press"].due_ms)
    assert "press" in {row.item for row in before.queue()}
    after = folded(log)
    assert 10 * MINUTE == after.inbox["press"].answered_ms
    assert "press" not in {row.item for row in after.queue()}


def test_a_draft_waits_until_it_is_decided() -> None:
    log = played(1, GOOD).log
    before = folded([event for event in log if event.at_ms <= 12 * MINUTE])
    assert before.inbox["draft"].waiting and "It was your own fault." == before.inbox["draft"].draft
    assert not folded(log).inbox["draft"].waiting


def test_a_colleague_is_called_and_then_reached() -> None:
    log = played(1, [action(3, "escalate", to=("com",), text="Cold soup.")]).log
    states = {at: folded([event for event in log if event.at_ms <= at * MINUTE]).contacts["com"] for at in (2, 3, 40)}
    assert ["idle", "calling", "reached"] == [states[at].state for at in (2, 3, 40)]
    assert ("escalate",) == states[40].told


def test_an_approval_goes_from_waiting_to_decided() -> None:
    asked = action(5, "request_approval", to=("com",), kind="holding", text="We are sorry.", channels=("flit",))
    log = played(1, [asked]).log
    early = folded([event for event in log if event.at_ms <= 5 * MINUTE]).approvals[asked.id]
    final = folded(log).approvals[asked.id]
    assert ("waiting", ("com",), 5 * MINUTE) == (early.state, early.waiting_for, early.asked_ms)
    assert final.state in ("approved", "returned", "timed out") and {"com"} == set(final.verdicts)


def test_all_validators_must_approve() -> None:
    asked = Action("a1", 0, "SML", "request_approval", to=("com", "boss"), kind="holding", text="x")
    from drills.desk import ApprovalView

    view = ApprovalView(asked, asked.to, 0)
    assert "waiting" == view.state
    view.verdicts["com"] = "approved"
    assert "waiting" == view.state
    view.verdicts["boss"] = "returned"
    assert "returned" == view.state
    view.verdicts["boss"] = "approved"
    assert "approved" == view.state
    view.used = True
    assert "used" == view.state


def test_an_approval_that_a_statement_rests_on_is_used() -> None:
    asked = action(5, "request_approval", to=("com",), kind="holding", text="We are sorry.", channels=("flit",))
    log = played(1, [asked]).log
    desk = folded(log)
    assert "approved" == desk.approvals[asked.id].state
    out = statement(50, approval=asked.id)
    desk.apply(Acted(out.at_ms, out))
    desk.apply(Published(out.at_ms, "our-statement-1", out.id, "statement", "holding", ("flit",), (), "", out.text))
    assert "used" == desk.approvals[asked.id].state


def test_scheduled_content_is_held_or_goes_out() -> None:
    held, gone = folded(played(1, GOOD).log), folded(played(1).log)
    assert ("paused", "fired") == (held.contents["advert"].state, gone.contents["advert"].state)
    edited = folded(played(1, [action(3, "edit", target="advert", text="Not today.", reading=SORRY)]).log)
    assert "Not today." == edited.contents["advert"].text


def test_what_could_not_be_done_is_remembered() -> None:
    desk = folded(played(1, GOOD).log)
    assert ["nobody"] == [void.target for void in desk.voids]
    assert any("could not reply nobody" in line.what for line in desk.log)
    assert desk.apply(Void(desk.now_ms, "a9", "pin", "", "it needs target")) is Changed.LOG


def test_a_taken_down_post_of_ours_is_marked_as_gone() -> None:
    assert "said" == folded(played(1, GOOD).log).posts["own"].gone


def test_calm_is_a_hundred_less_the_anger_of_the_angriest() -> None:
    world = played(1)
    desk = folded(world.log)
    assert 0 <= desk.anger <= 100
    assert desk.anger == max(mood.anger for mood in desk.moods.values()) // 10_000
    assert [at for at, _ in desk.mood_history] == sorted({at for at, _ in desk.mood_history})


@pytest.mark.parametrize("do", VERBS)
def test_every_action_has_a_line_for_the_log(do: str) -> None:
    line = describe(
        action(1, do, target="x", text="words " * 40, to=("com",), channels=("flit",), kind="said", level=2)
    )
    assert line and "\n" not in line and len(line) < 300


# -- how far things go ---------------------------------------------------------------------------------------


def tagged(at_min: float, number: int, words: str, **given: Any) -> Posted:
    """A post with these words."""
    return post(at_min, f"tag{number}", text=words, need="none", **given)


@given(st.integers(0, 5_000), st.lists(st.integers(0, 60 * MINUTE), min_size=2, max_size=20).map(sorted))
def test_likes_only_grow_and_all_have_come_after_half_an_hour(likes: int, moments: list[int]) -> None:
    view = folded([post(1, "a", likes=likes)]).posts["a"]
    counts = [view.likes_at(MINUTE + at) for at in moments]
    assert sorted(counts) == counts
    assert 0 == view.likes_at(MINUTE)
    assert likes == view.likes_at(31 * MINUTE)
    assert all(isinstance(count, int) for count in counts)


def test_a_share_brings_its_likes_and_its_followers_at_once() -> None:
    desk = folded([post(1, "a", reach=100, likes=40), Shared(2 * MINUTE, "s", "a", "p2", 900, "a", 7)])
    view = desk.posts["a"]
    assert (1, 1000, 1000) == (view.shares, view.reach, desk.seen)
    assert 7 == view.likes_at(2 * MINUTE) - folded([post(1, "a", likes=40)]).posts["a"].likes_at(2 * MINUTE)
    assert 47 == view.likes_at(60 * MINUTE)


def test_our_own_followers_are_not_counted_as_seeing_what_others_say() -> None:
    desk = folded([post(1, "ours", author="brand", reach=90_000), Shared(2 * MINUTE, "s", "ours", "p2", 30)])
    assert 30 == desk.seen


def test_a_hashtag_trends_from_five_posts_in_half_an_hour() -> None:
    four = [tagged(minute, minute, "Cold #Soup again, #soup!") for minute in range(1, 5)]
    assert [] == folded(four).trending()
    desk = folded([*four, tagged(5, 5, "#SOUP")])
    assert [Tag("#soup", 5, 5)] == [Tag(tag.name.casefold(), tag.recent, tag.total) for tag in desk.trending()]
    desk.now_ms = 33 * MINUTE
    assert [] == desk.trending(), "three of the five are older now"


def test_what_is_new_trends_above_what_goes_on() -> None:
    old = [tagged(minute / 2, minute, "#soup") for minute in range(120)]
    new = [tagged(50 + minute / 4, 500 + minute, "#refund") for minute in range(36)]
    desk = folded(sorted([*old, *new], key=lambda event: event.at_ms))
    assert ["#refund", "#soup"] == [tag.name for tag in desk.trending()]


def test_at_most_five_hashtags_are_shown_and_ours_count_for_nothing() -> None:
    words = " ".join(f"#tag{number}" for number in range(9))
    assert 5 == len(folded([tagged(1 + n, n, words) for n in range(9)]).trending())
    assert [] == folded([tagged(1 + n, n, words, author="brand") for n in range(9)]).trending()


def test_trends_over_time_say_what_the_desk_would_have_said() -> None:
    events = [tagged(minute, minute, "#soup" if minute < 40 else "#refund") for minute in range(1, 90)]
    told = trends_over_time(folded(events).posts.values(), 90 * MINUTE)
    for at_ms, tags in told:
        desk = folded([event for event in events if event.at_ms < at_ms])
        desk.now_ms = at_ms
        assert desk.trending() == tags
    assert [30, 60, 90] == [at_ms // MINUTE for at_ms, _ in told]


def test_the_most_shared_come_first() -> None:
    events: list[Event] = [post(1, "a"), post(1, "b"), post(1, "c")]
    events += [Shared(2 * MINUTE, f"s{n}", key, "p2", 10) for n, key in enumerate("bcb")]
    assert ["b", "c"] == [view.key for view in most_shared(folded(events).posts.values())]


def test_folding_reads_no_words_and_looking_reads_them_once() -> None:
    read: list[str] = []

    def text_of(event: Posted) -> str:
        read.append(event.key)
        return "#soup"

    desk = empty(text_of)
    for number in range(20):
        desk.apply(post(1 + number, f"p{number}"))
    assert [] == read
    assert 20 == desk.trending()[0].recent and 20 == len(read)
    assert "#soup" == desk.posts["p3"].text and 20 == len(read)


def test_a_talk_with_a_colleague_has_what_we_wrote_and_what_came_of_it_in_time_order() -> None:
    desk = empty()
    who = COLLEAGUES[0].id
    for event in (
        acted(1, "escalate", to=(who,), text="Brown water."),
        Escalated(1 * MINUTE, "a1", who, "COM", "escalate"),
        Reached(3 * MINUTE, "a1", who, "COM"),
        Received(2 * MINUTE, "r1", "colleague", who, "", "On my way.", False, -1, "", "", ""),
        Received(4 * MINUTE, "r2", "mail", "quill", "", "Not theirs.", False, -1, "", "", ""),
    ):
        desk.apply(event)
    told = [(said.ours, said.what, said.text) for said in desk.talk(who)]
    assert told == [(True, "escalate", "Brown water."), (False, "colleague", "On my way."), (False, "is with us", "")]
    assert all(desk.talk(other.id) == [] for other in COLLEAGUES[1:])


def test_the_answers_to_a_post_are_those_that_name_it() -> None:
    desk = folded([post(1, "a"), post(2, "b", parent="a"), post(3, "c", parent="b"), post(4, "d", parent="a")])
    assert [view.key for view in desk.answers("a")] == ["b", "d"]


def test_the_log_says_whose_draft_was_decided_on_and_what_it_was() -> None:
    asked = acted(1, "request_approval", kind="official", to=("com",), text="We are sorry for what happened to all.")
    laid = f"{asked.action.id}/com"
    desk = folded([asked, ApprovalAsked(MINUTE, asked.action.id, "com", 0),
                   acted(2, "decide", target=laid, kind="return", text="Too long.")])  # fmt: skip
    asks, verdict = desk.log[0].what, desk.log[-1].what
    assert "to approve an official statement: " in asks
    assert verdict == f"returned {asked.action.seat}'s official statement “We are sorry for what happene…”: “Too long.”"


@pytest.mark.parametrize(
    ("do", "given", "words"),
    [
        ("publish", {"kind": "holding", "channels": ("flit",)}, "published a holding statement on Flit: “So.”"),
        ("publish", {"kind": "official", "channels": ("flit",)}, "published an official statement on Flit: “So.”"),
        ("publish", {"kind": "update", "channels": ("flit",)}, "published an update on Flit: “So.”"),
        ("hub", {"kind": "open"}, "opened the crisis page: “So.”"),
        ("hub", {"kind": "answer"}, "added an answer to the crisis page: “So.”"),
        ("close_account", {"target": "flit"}, "closed the account on Flit"),
    ],
)
def test_the_log_says_in_words_what_was_done(do: str, given: dict[str, Any], words: str) -> None:
    assert words == folded([acted(1, do, text="So.", **given)]).log[-1].what
