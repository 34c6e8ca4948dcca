"""Plain mode without a process: what lines are understood, what they do, and what is told unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from drills.joining import find
from drills.record import load_run
from drills.session import Session
from engine.actions import VERBS
from scenarios.model import Model
from scenarios.text import is_clean
from tests.hostile import CORPUS
from tests.tui.scripted import SCENARIO, ScriptedSession, flood, post, story
from tui.plain.desk import PlainDesk
from tui.plain.numbers import Numbers
from tui.plain.play import standing
from tui.plain.shows import LOOKS
from tui.plain.table import find as command
from tui.plain.table import help_lines, table


class Plain:
    """A drill in lines, without a clock."""

    def __init__(self, folder: Path, drill: str = "brightpan-debate-night") -> None:
        self.session = Session.start(find(drill), folder, clock=standing)
        self.lines: list[str] = []
        self.desk = PlainDesk(self.session, self.lines.append, live=False)
        self.desk.begin()

    def type(self, *lines: str) -> str:
        """Type lines; what was said to them."""
        before = len(self.lines)
        for line in lines:
            self.desk.take(line)
        return "\n".join(self.lines[before:])

    def number(self, words: str) -> str:
        """The number of the first line that has these words."""
        line = next(line for line in self.lines if words in line)
        return line.partition("Number ")[2].partition(":")[0]

    @property
    def did(self) -> list[str]:
        return [action.do for action in self.session.desk.actions]


@pytest.fixture
def plain(tmp_path: Path) -> Plain:
    return Plain(tmp_path)


def test_every_verb_has_a_command_and_every_command_a_line_of_help() -> None:
    assert set(VERBS) == {one.do for one in table() if one.do}
    shown = " ".join(" ".join(help_lines()).split())
    assert all(f"{one.example}: {one.help}" in shown for one in table())


def test_no_name_means_two_commands() -> None:
    names = [name for one in table() for name in (one.name, *one.also)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("one", [one for one in table() if not one.do], ids=lambda one: one.name)
def test_every_command_that_looks_or_waits_answers(plain: Plain, one: object) -> None:
    name = one.name  # type: ignore[attr-defined]
    words = {"open": "open 1", "clock": "clock 2", "check": "check We are sorry."}.get(name, name)
    plain.type("wait 5m")
    assert plain.type(words)
    assert plain.desk.misunderstood == 0


def test_an_own_post_that_hurts_is_told_and_stands_on_top_of_the_queue(plain: Plain) -> None:
    assert "your own post on flit, still up" in plain.type("wait 2m")
    number = plain.number("your own post")
    assert plain.type("queue").startswith(f"Number {number}: your own post")
    assert f"Question, number {number}: What of ours is still out there" in plain.type("hint")
    assert f"The command: delete {number} said." in plain.type("hint")
    plain.type(f"delete {number} said")
    assert ["delete"] == plain.did


def test_what_wants_an_answer_is_told_and_the_rest_is_counted(plain: Plain) -> None:
    told = plain.type("wait 20m")
    assert "more posts in the feed." in told
    assert len(told.splitlines()) < len(plain.session.desk.posts)


def test_moments_never_go_back_in_what_is_told(plain: Plain) -> None:
    moments = [line.split()[0] for line in plain.type("wait 9m", "wait 30m").splitlines() if line.startswith("T+")]
    assert len(moments) > 10
    assert sorted(moments) == moments


def test_a_number_keeps_its_meaning(plain: Plain) -> None:
    plain.type("wait 10m")
    number = plain.number("press from Orla Kemp")
    before = plain.type(f"open {number}")
    plain.type("wait 10m", "queue", "feed 50")
    assert before.partition(":")[0] == plain.type(f"open {number}").partition(":")[0]
    assert "Orla Kemp" in plain.type(f"open {number}")


def test_reply_goes_where_it_came_from(plain: Plain) -> None:
    plain.type("wait 10m")
    for words in ("press from", "private message from", "question on flit"):
        plain.type(f"reply {plain.number(words)} We are looking into it and come back at ten.", "status")
    assert ["answer_press", "inform", "reply"] == plain.did


def test_a_group_is_answered_as_one(plain: Plain) -> None:
    plain.type("wait 30m")
    row = next(row for row in plain.session.desk.queue() if len(row.posts) > 1)
    number = plain.desk.numbers.given(row.key)
    assert f"{len(row.posts)} posts that need the same answer" in plain.type(f"open {number}")
    plain.type(f"reply-all {number}", "We took it down, and we are sorry.", ".", "status")
    action = plain.session.desk.actions[-1]
    assert set(row.posts) == {action.target, *action.also}


def test_a_text_of_several_lines_ends_with_a_dot(plain: Plain) -> None:
    plain.type("call com-head ceo", "At 21:12 a joke went out.", "We need a word.", ".", "status")
    action = plain.session.desk.actions[0]
    assert ("escalate", ("com-head", "ceo")) == (action.do, action.to)
    assert "At 21:12 a joke went out.\nWe need a word." == action.text


def test_a_statement_names_its_channels_before_the_colon(plain: Plain) -> None:
    plain.type("wait 2m", "say holding flit plaza signed=Priya_Lander: We have seen it: it is wrong.", "status")
    action = plain.session.desk.actions[0]
    assert (("flit", "plaza"), "holding", "Priya Lander") == (action.channels, action.kind, action.signed_by)
    assert "We have seen it: it is wrong." == action.text


def test_an_approved_text_goes_out_as_it_was_approved(plain: Plain) -> None:
    plain.type("wait 1m", "ask-approval official brand-head: We are sorry for this post.", "wait 1m")
    key = next(iter(plain.session.desk.approvals))
    for _ in range(60):
        if plain.session.desk.approvals[key].state != "waiting":
            break
        plain.type("wait 1m")
    assert f"Approval {key}, official, approved" in plain.type("team")
    plain.type(f"say official flit approval={key}", "status")
    action = plain.session.desk.actions[-1]
    assert ("publish", "We are sorry for this post.", key) == (action.do, action.text, action.approval)


def test_undo_recalls_a_text_and_brings_back_what_was_dismissed(plain: Plain) -> None:
    plain.type("wait 3m")
    number = plain.number("question on flit")
    assert "Recalled" in plain.type(f"reply {number} Soup is nice.", "undo")
    key = plain.desk.numbers.keys(number, plain.session.desk)[0]
    assert "Soup is nice." == plain.session.draft(f"reply {key}")
    plain.type(f"dismiss {number}")
    assert "dismissed" in plain.session.desk.posts[key].flags
    plain.type("undo")
    assert () == plain.session.desk.posts[key].flags
    assert "nothing to take back" in plain.type("undo")


def test_a_refusal_is_told_and_the_text_is_not_lost(plain: Plain) -> None:
    plain.type("wait 3m")
    number = plain.number("question on flit")
    told = plain.type(f"reply {number} {'very ' * 80}sorry", "status")
    assert "Not sent: 405 characters; flit takes 280." in told
    key = plain.desk.numbers.keys(number, plain.session.desk)[0]
    assert plain.session.draft(f"reply {key}").endswith("sorry")


def test_a_held_item_does_not_go_out(plain: Plain) -> None:
    plain.type("pause sc-recipe", "wait 25m")
    assert "sc-recipe: post on plaza, goes out T+0:20:00, held" in plain.type("content")


def test_while_the_clock_stands_nothing_is_done(plain: Plain) -> None:
    plain.type("clock stop")
    assert "The clock stands" in plain.type("wait 5m")
    assert "Not done: the clock stands still" in plain.type("classify L3")
    plain.type("clock run", "wait 5m", "classify L3 cause=employee sure=high where=flit")
    assert ["classify"] == plain.did


def test_no_duff_ends_it_at_once(plain: Plain) -> None:
    told = plain.type("no-duff")
    assert "NO DUFF" in told and "real plan" in told
    assert plain.session.ended


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("replay 1 sorry", "there is no command 'replay'; did you mean 'reply'?"),
        ("reply", "reply needs a number: reply 3 We are sorry ..."),
        ("reply 99 sorry", "nothing is called '99'"),
        ("say holdin flit: x", "there is no say 'holdin'; did you mean 'holding'?"),
        ("say holding: x", "say needs a channel"),
        ("call nobody: x", "there is no colleague 'nobody'"),
        ("classify L7", "there is no level 'L7'"),
        ("classify L2 sure=certain", "there is no sure 'certain'; take one of low, medium, high"),
        ("pause mail-1", "there is no scheduled item 'mail-1'"),
        ("sweep the floor", "sweep takes nothing more"),
        ("wait 1:20", "write 1h20m or 1m20s"),
        ("clock fast", "expected stop, run, or a pace"),
        ("approve", "nobody waits for your approval"),
        ("feed many", "expected how many lines"),
        ("help frob", "there is no command 'frob'"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_nothing_happens(plain: Plain, line: str, says: str) -> None:
    told = plain.type(line)
    assert told.startswith("Not understood: ") and says in told
    assert 1 == plain.desk.misunderstood
    assert not plain.desk.writing
    assert [] == plain.did


def scripted(*events: object) -> tuple[PlainDesk, list[str]]:
    lines: list[str] = []
    session = ScriptedSession(story())
    session.happen(*events)  # type: ignore[arg-type]
    return PlainDesk(session, lines.append, live=False), lines  # type: ignore[arg-type]


@pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS.keys())
def test_hostile_text_stays_on_its_line_and_commands_nothing(text: str) -> None:
    desk, lines = scripted(post("bad", 12.5, "mike", text or "-", need="harm"))
    desk.tick()
    desk.take("feed 100")
    desk.take("queue")
    assert lines
    assert all(is_clean(line) and "\n" not in line for line in lines)


def test_a_person_hears_nothing_while_writing_and_all_of_it_afterwards() -> None:
    session, lines = ScriptedSession(story()), list[str]()
    desk = PlainDesk(session, lines.append, live=True)  # type: ignore[arg-type]
    desk.tick()
    desk.take("note")
    before = len(lines)
    session.happen(post("late", 12.7, "mike", "Is anybody there?", need="harm"))
    desk.tick()
    assert before == len(lines)
    desk.take("Called the lab.")
    desk.take(".")
    assert any("Is anybody there?" in line for line in lines[before:])


def test_a_person_can_recall_a_text_for_five_seconds() -> None:
    now = [0.0]
    session, lines = ScriptedSession(story()), list[str]()
    desk = PlainDesk(session, lines.append, live=True, clock=lambda: now[0])  # type: ignore[arg-type]
    desk.tick()
    number = next(line for line in lines if "question" in line).partition("Number ")[2].partition(":")[0]
    desk.take(f"reply {number} It is safe to drink.")
    now[0] = 4.9
    desk.tick()
    assert [] == session.acted
    now[0] = 5.0
    desk.tick()
    assert ["reply"] == [action.do for action in session.acted]


def test_looks_are_commands() -> None:
    looks: dict[str, Callable[..., object]] = {**LOOKS}
    assert all(command(name) for name in looks)


def test_nobody_calls_themselves(plain: Plain) -> None:
    assert "SML" == plain.session.seat and "social-lead: " not in plain.type("team")
    for line in ("call social-lead: Come.", "ask social-lead: What now?", "ask-approval official social-lead: We"):
        assert "that is yourself" in plain.type(line)
    assert [] == plain.did


# -- the coach: the desk's ladder


def asked(plain: Plain) -> list[tuple[str, int]]:
    """The hints on the record."""
    return [(one.situation, one.rung) for one in plain.session.hints]


def test_a_hint_goes_one_rung_up_each_time_and_is_on_the_record(plain: Plain) -> None:
    plain.type("wait 2m")
    rungs = [plain.type("hint").partition(",")[0] for _ in range(4)]
    assert ["Question", "Pointer", "Pattern", "Pattern"] == rungs, "there is no model text before a try"
    assert [("own", 1), ("own", 2), ("own", 3)] == asked(plain)
    plain.desk.finish()
    assert 3 == len(load_run(plain.session.path).hints)


def test_the_first_rung_asks_and_names_nothing_to_do(plain: Plain) -> None:
    plain.type("wait 2m")
    first, second = plain.type("hint"), plain.type("hint")
    assert "command" not in first and "[" not in first and first.endswith("hint again says more.")
    assert "[S1-26]" in second and "command" in second


def test_the_model_text_comes_after_a_try(tmp_path: Path) -> None:
    model = Model(use="reply", to="safe", text="Please boil it\nuntil we say more.")
    session = ScriptedSession(story(), coach="ask")
    session.desk.scenario = SCENARIO.model_copy(update={"models": (model,)})
    session.tick()
    numbers = Numbers()

    def hint() -> str:
        return " ".join(LOOKS["hint"](session, numbers, ""))

    assert ["Question", "Pointer", "Pattern", "Pattern"] == [hint().partition(",")[0] for _ in range(4)]
    session.act("reply", target="safe35", text="A try.")
    session.tick()
    assert hint().startswith("Model text, number 1: Please boil it")
    assert [1, 2, 3, 4] == [one.rung for one in session.hints]


def test_a_hint_says_no_level_and_a_drill_without_a_coach_says_none(tmp_path: Path) -> None:
    session = ScriptedSession(flood(3), coach="ask")
    session.tick()
    told = [" ".join(LOOKS["hint"](session, Numbers(), "")) for _ in range(2)]
    assert "The command: classify." in told[1] and not any(f"L{level}" in told[1] for level in range(5))
    session.coach = "off"
    assert ["Hints are off in this run."] == list(LOOKS["hint"](session, Numbers(), ""))
    assert 2 == len(session.hints)
