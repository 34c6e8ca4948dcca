"""Why is this here? Every chain ends where it began, and every change of the mood is accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drills import coefficients, joining
from drills.causes import ROOTS, Causes, words
from drills.desk import Desk
from drills.errors import DrillError
from drills.moved import MATTER, Moods
from drills.run import Run
from drills.session import Session
from drills.simulate import rehearse
from drills.why import BAR, WIDTH, Reasons, bar, chain_data, chain_lines, why_lines
from engine.events import Branched, Event, InjectFired, Mood, Posted, Shared
from tests.engine.worlds import COLLEAGUES, SORRY, action, played, scenario, statement

MINUTE = 60_000


@cache
def stormy() -> Run:
    """A recall with a team that makes it worse: all kinds of causes in one run."""
    drill = joining.find("tarn-and-tide")
    return rehearse(drill, seed=drill.file.seed, responder="defensive")[0]


def causes_of(run: Run) -> Causes:
    return Causes(run.log, run.desk, run.drill.scenario)


def small(log: Iterable[Event]) -> tuple[Causes, Desk]:
    """The causes of a log of the small story."""
    desk = Desk(scenario(), COLLEAGUES, {}, lambda post: f"words of {post.key}", {})
    events = list(log)
    for event in events:
        desk.apply(event)
    return Causes(events, desk, scenario()), desk


def crowd(key: str, cause: str, at_min: float = 5) -> Posted:
    """A post of the crowd."""
    return Posted(round(at_min * MINUTE), key, "p1", "flit", "soup", "none", "", cause, "original", "calm", "", "", 10)


# -- chains --------------------------------------------------------------------------------------------------


def test_every_chain_ends_at_a_root_and_grows_older() -> None:
    causes = causes_of(stormy())
    assert len(list(causes)) > 500
    for key in causes:
        chain = causes.chain(key)
        assert key == chain[0].key
        assert chain[-1].kind in ROOTS and chain[-1].kind != "unknown", key
        assert all(step.kind not in ROOTS or step.kind == "inject" for step in chain[:-1])
        moments = [step.at_ms for step in chain if step.at_ms >= 0]
        assert sorted(moments, reverse=True) == moments, key
        assert len({(step.kind, step.key) for step in chain}) == len(chain)
        assert chain[-1] == causes.root(key)
        assert all(step.words and "\n" not in step.words for step in chain)


def test_all_kinds_of_roots_are_met() -> None:
    causes = causes_of(stormy())
    found = {causes.root(key).kind for key in causes}
    assert {"inject", "branch", "content", "action", "traffic"} <= found


def test_the_origins_count_every_post_and_share_of_others_once() -> None:
    run = stormy()
    rows = causes_of(run).origins()
    assert len(run.posts()) == sum(posts for _, posts, _ in rows)
    assert sum(isinstance(event, Shared) for event in run.log) == sum(shares for _, _, shares in rows)
    sizes = [posts + shares for _, posts, shares in rows]
    assert sorted(sizes, reverse=True) == sizes


def test_an_answer_to_us_leads_to_what_the_team_did() -> None:
    world = played(2, [action(4, "reply", target="ruth-asks", text="No. Sorry. — Ana", reading=SORRY), statement(7)])
    causes, _ = small(world.log)
    answers = [post for post in causes.posts.values() if post.form.startswith("answer")]
    assert answers
    for post in answers:
        *_, ours, root = causes.chain(post.key)
        assert ours.words.startswith("we said on") and "action" == root.kind
        assert root.words.startswith("the team ")


def test_a_share_leads_over_the_post_that_it_passed_on() -> None:
    log = [*played(1, until_ms=2 * MINUTE).log, crowd("a", "own"), Shared(6 * MINUTE, "s", "a", "p2", 70, "a")]
    causes, _ = small(log)
    assert ["share", "post", "post", "inject"] == [step.kind for step in causes.chain("s")]
    assert causes.chain("s")[0].words == "p2 passed it on to 70 followers"


def test_ordinary_traffic_and_bursts_are_roots() -> None:
    causes, _ = small([crowd("a", "ordinary traffic"), crowd("b", "burst/0")])
    assert ["traffic", "traffic"] == [causes.root(key).kind for key in "ab"]


def test_a_record_that_goes_round_in_circles_is_cut() -> None:
    causes, _ = small([crowd("a", "b"), crowd("b", "c"), crowd("c", "a"), crowd("d", "nobody")])
    for key in "abcd":
        assert "unknown" == causes.chain(key)[-1].kind == causes.root(key).kind
    assert ["a", "b", "c"] == [step.key for step in causes.chain("a")][:3]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_no_links_make_a_chain_endless(links: list[int]) -> None:
    causes, _ = small([crowd(str(number), str(to)) for number, to in enumerate(links)])
    for key in causes:
        assert len(causes.chain(key)) <= len(links) + 2
        assert causes.chain(key)[-1].kind in ROOTS
        assert causes.root(key).kind in ROOTS


def test_what_a_run_does_not_hold_is_told_with_a_hint() -> None:
    reasons = Reasons.of(stormy())
    with pytest.raises(DrillError, match=r"has the key 'mothr'.*mother"):
        reasons.chain("mothr")


def test_the_words_know_every_act_and_every_form() -> None:
    table = yaml.safe_load(coefficients.text())["acts"]
    assert {act for act in table if "." not in act} == set(words()["acts"])
    forms = {post.form for post in stormy().posts() if not post.form.startswith("burst")}
    assert forms - set(words()["forms"]) == {"scripted"}


# -- moods ---------------------------------------------------------------------------------------------------


def test_the_moves_of_a_turn_are_what_it_differs_by() -> None:
    run = stormy()
    last: dict[str, float] = {}
    turns = Moods(run.log, run.desk, run.drill.scenario).turns()
    assert len(turns) == sum(isinstance(event, Mood) for event in run.log)
    for turn in turns:
        before = last.get(turn.theme, 15.0)
        assert abs(turn.anger - before - sum(move.points for move in turn.moves)) < 0.001
        last[turn.theme] = turn.anger


def test_a_course_adds_up_from_its_start_to_its_end() -> None:
    for course in Reasons.of(stormy()).courses:
        for moves in (course.moves, course.weighed()):
            assert abs(course.end - course.start - sum(move.points for move in moves)) < 0.001
            sizes = [abs(move.points) for move in moves if move.name != MATTER]
            assert sorted(sizes, reverse=True) == sizes
        assert MATTER in [move.name for move in course.weighed()][-1:]
        moves, more, points, matter = course.told(3)
        assert more and 3 == len(moves)
        told = sum(move.points for move in (*moves, *matter)) + points
        assert abs(course.end - course.start - told) < 1
        assert course.peak >= max(course.start, course.end) - 0.001


def test_infectiousness_is_the_product_of_its_factors() -> None:
    run = stormy()
    turns = Moods(run.log, run.desk, run.drill.scenario).turns(run.drill.scenario.themes[0].id)
    ratios = []
    for turn in turns:
        product = 1.0
        for _, value in turn.factors:
            product *= value
        ratios.append(turn.infectious / product)
    assert max(ratios) - min(ratios) < 0.01, "how much the theme breeds, which stays as it is"


def test_our_own_sentence_stands_beside_what_it_did() -> None:
    log = played(1, [statement(20)]).log
    _, desk = small(log)
    moves = {move.name: move for course in Moods(log, desk, scenario()).courses() for move in course.moves}
    apology = next(move for name, move in moves.items() if name.startswith("apology_active our-statement"))
    assert ("your apology", 20 * MINUTE) == (apology.words, apology.at_ms)
    assert apology.points < 0 and statement(20).text in apology.quote
    assert ("the script", "Eat it or leave it") == (moves["inject own"].words, moves["inject own"].quote)
    nameless = [name for name, move in moves.items() if move.words == name]
    assert {"silence"} >= set(nameless)


# -- in lines and as data ------------------------------------------------------------------------------------


def test_lines_fit_and_name_the_themes() -> None:
    run = stormy()
    lines = list(why_lines(Reasons.of(run), run.drill.title))
    assert max(map(len, lines)) <= WIDTH
    told = "\n".join(lines)
    assert all(course.title.upper() in told for course in Reasons.of(run).courses)
    assert "silence" in told and "your defence" in told and "WHAT WENT FURTHEST" in told


def test_a_chain_is_told_from_the_post_to_its_root() -> None:
    reasons = Reasons.of(stormy())
    key = max(reasons.causes.shares, key=lambda one: len(reasons.causes.chain(one)))
    chain = reasons.chain(key)
    lines = list(chain_lines(reasons, key))
    assert key in "".join(line.strip() for line in lines[:3])
    assert lines[0].startswith("T+") and max(len(line) for line in lines if " " in line.strip()) <= WIDTH + 40
    data = chain_data(reasons, key)
    assert (key, chain[-1].as_data()) == (data["post"], data["root"]) and len(chain) == len(data["chain"])


def test_every_key_in_brackets_can_be_asked_about() -> None:
    reasons = Reasons.of(stormy())
    told = "\n".join(why_lines(reasons, ""))
    keys = {*re.findall(r"\[([^]\s]+)\]", told), *(step.shown_key for step, _, _ in reasons.origins)} - {""}
    for key in keys:
        keys = keys | {step.shown_key for step in reasons.chain(key)} - {""}
    kinds = {reasons.chain(key)[0].kind for key in keys}
    assert {"post", "action", "branch"} <= kinds
    assert all(key in reasons.causes for key in keys)


def test_what_came_of_a_root_is_what_it_brought_about() -> None:
    reasons = Reasons.of(stormy())
    for step, posts, shares in reasons.origins:
        if step.shown_key:
            itself = step.key in reasons.causes.posts and reasons.causes.posts[step.key].author != "brand"
            assert (posts - itself, shares) == reasons.causes.came_of(step.key), step


def test_what_came_of_a_post_is_all_that_leads_back_to_it() -> None:
    log = [*played(1, until_ms=2 * MINUTE).log, crowd("a", "own"), crowd("b", "a", 6), crowd("c", "b", 7),
           crowd("d", "own", 8), Shared(9 * MINUTE, "s", "c", "p2", 70, "c")]  # fmt: skip
    causes, _ = small(log)
    assert [(2, 1), (1, 1), (0, 0)] == [causes.came_of(key) for key in "abd"]


def test_bars_tell_angrier_from_calmer_without_colour() -> None:
    assert (" " * 6 + "│██    ", "    ██│" + " " * 6) == (bar(8), bar(-8))
    assert {BAR} == {len(bar(points)) for points in (-400, -24, -1, 0.1, 3, 24, 99)}
    assert bar(24) == bar(99) and "▌" in bar(1) and "▐" in bar(-1)


def test_a_run_in_which_nothing_happened_has_nothing_to_tell() -> None:
    _, desk = small([])
    lines = list(why_lines(Reasons([], desk, scenario()), "Quiet"))
    assert "Nobody was moved: no theme came up." in lines
    assert {"themes", "origins", "seen_up_to", "most_shared", "trending"} == set(
        Reasons([], desk, scenario()).as_data()
    )


def test_before_endex_a_session_tells_nothing() -> None:
    session = Session.rehearse(joining.find("cafe-lumo"))
    session.skip_to(5 * MINUTE)
    with pytest.raises(DrillError, match="after ENDEX"):
        session.log()
    session.skip_to(session.ends_ms)
    assert session.log() == session.world.log


def test_a_share_of_an_older_record_leads_to_the_post() -> None:
    shared = replace(Shared(6 * MINUTE, "s", "a", "p2", 70), cause="")
    causes, _ = small([*played(1, until_ms=2 * MINUTE).log, crowd("a", "own"), shared])
    assert "a" == causes.chain("s")[1].key


def test_an_alarm_without_a_statement_is_never_told_as_one() -> None:
    session = Session.rehearse(joining.find("md-01-one-cup-of-soup"))
    session.skip_to(225_000)
    session.act("classify", level=3)
    session.skip_to(session.ends_ms)
    log = session.log()
    told = {one.branch: one.at_ms for one in log if isinstance(one, Branched)}
    assert "statement-out" not in told and {"alarm-rung", "alarm-heard"} <= set(told)
    fired = {one.inject: one.at_ms for one in log if isinstance(one, InjectFired)}
    asked = [one.at_ms for one in log if isinstance(one, Posted) and one.theme == "why-announce"]
    assert asked and fired["paulina-posts-it"] <= min(asked), "nobody asks about a statement before there is one"
    assert fired["paulina-posts-it"] < fired["pigeon-statement"]
