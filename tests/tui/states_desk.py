"""The states of the desk, its panes and everything that opens over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drills.desk import Desk
from drills.judging import context_of
from drills.tone.read import read
from engine.events import ContentFired
from engine.reading import Reading
from tests.hostile import CORPUS
from tests.tui import fakes_review
from tests.tui.fakes_plan import water
from tests.tui.scripted import COLLEAGUES, DUE, MINUTE, NAMES, SCENARIO, ScriptedSession, flood, post, story
from tests.tui.state import Staged, State, desk
from tui.screens.endex import NoDuffScreen
from tui.session_view import SessionView
from tui.widgets.ghost import GhostLine

POOR = "Sorry if anyone felt offended, our contractor did it. Please post your phone number here."
GOOD = "We know this is frightening. The lab found iron from old pipes, and no chemicals. More here at 15:00."
CARE = ("j", "j")
"""From the top of the queue to the care home."""
RUMOUR = (*CARE, "j", "j")
WIDE = ("emoji_family", "emoji_parts", "chinese", "korean", "thai", "arabic", "hindi")
HOSTILE = ("csi_clear", "osc_title", "markup_action", "bidi_override", "zalgo", "carriage_return", "tab",
           "wide_no_space")  # fmt: skip


class JudgedSession(ScriptedSession):
    """A scripted session whose texts are really read."""

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        return read(text, context_of(SCENARIO, self.desk, do, target, kind))


def told() -> ScriptedSession:
    return ScriptedSession(story())


def judged() -> ScriptedSession:
    return JudgedSession(story())


def unapproved() -> ScriptedSession:
    """The plan lets nobody approve their own text, and knows an emergency rule."""
    session = water(level=3)
    plan = session.drill.plan
    assert plan is not None
    strict = plan.approval.model_copy(update={"separate": True})
    session.drill = replace(session.drill, plan=plan.model_copy(update={"approval": strict}))
    return session


def asked() -> ScriptedSession:
    """Where the coach speaks when it is asked."""
    return ScriptedSession(story(), coach="ask")


def quiet() -> ScriptedSession:
    """Nothing has happened yet."""
    return ScriptedSession(now_ms=5_000)


def paused() -> ScriptedSession:
    session = told()
    session.pause()
    return session


def published() -> ScriptedSession:
    """A statement has gone out, and so has what was scheduled."""
    session = told()
    session.act("publish", kind="holding", channels=("flit", "plaza"), text=GOOD, signed_by="Ana Ruiz")
    session.act("reply", target="watch1", channels=("flit",), text="The lab found no chemicals.")
    session.happen(ContentFired(12 * MINUTE, "spring", "flit"))
    return session


def flooded() -> ScriptedSession:
    """Hundreds of posts, half an hour later: much of it late."""
    many = [*flood(300, 13, "safe"), *flood(40, 15, "chemicals", "complaint"), *flood(25, 20, "praise", "praise")]
    return ScriptedSession([*story(), *many], now_ms=33 * MINUTE)


def odd(names: tuple[str, ...]) -> Callable[[], ScriptedSession]:
    """Texts that no terminal likes, as posts of the last minute and as the name of one who wrote."""

    def made() -> ScriptedSession:
        posts = [
            post(f"odd{number}", 12 + number / 100, "mike", CORPUS[name], need="harm", theme="safe", reach=2_000,
                 form="scripted")
            for number, name in enumerate(names)
        ]  # fmt: skip
        session = ScriptedSession([*story(), *posts])
        called = {**NAMES, "mike": (CORPUS[names[0]], f"@{CORPUS[names[2]]}")}
        session.desk = Desk(SCENARIO, COLLEAGUES, called, lambda event: event.key, DUE)
        return session

    return made


def haunted(app: Staged) -> None:
    """A desk whose drill was played before with the same luck."""
    app.open_desk(told())

    def show() -> None:
        line = app.screen.query_one(GhostLine)
        line.show(fakes_review.GHOST)
        if not line.display:  # a small screen shows it only when it is asked for
            line.toggle()

    app.call_after_refresh(show)


def leaving(app: Staged) -> None:
    app.push_screen(NoDuffScreen())


def over(why: str) -> Callable[[], SessionView]:
    def made() -> SessionView:
        session = told()
        session.stop(why)
        return session

    return made


PANES: dict[str, State] = {
    "queue": desk(told, "j", shows="open 9"),
    "queue-quiet": desk(quiet, shows="T+0:00:05"),
    "queue-flood": desk(flooded, shows="T+0:33:00"),
    "queue-marked": desk(told, "j", "j", "space", "space", shows="5m20s left"),
    "queue-expanded": desk(told, "x", shows="Number 35"),
    "queue-themes": desk(told, "b", "b", shows="Rumour"),
    "feed": desk(told, "2", "k", shows="two of your people"),
    "inbox": desk(told, "3", shows="Call me before"),
    "team": desk(told, "4", shows="Ana Ruiz"),
    "facts": desk(told, "5", shows="Valve 7"),
    "content": desk(told, "6", shows="new prices"),
    "content-held": desk(published, "6", "z", shows="held"),
    "log": desk(told, "7", shows="escalated to"),
    "thread": desk(told, *RUMOUR, "enter", shows="has anyone asked"),
    "author": desk(told, "j", "j", "j", "at", shows="@mum_of_two"),
    "conversation": desk(told, "4", "enter", shows="Ana Ruiz"),
    "filter": desk(told, "slash", shows="words, theme:"),
    "filtered": desk(told, "slash", write="mum", then=("enter",), shows="@mum_of_two"),
    "filtered-nothing": desk(told, "slash", write="zzz", then=("enter",), shows="Nothing here fits"),
    "jump": desk(told, "apostrophe", shows="a"),
    "wide": desk(odd(WIDE), "j", shows="T+0:12:40"),
    "wide-feed": desk(odd(WIDE), "2", shows="T+0:12:40"),
    "hostile": desk(odd(HOSTILE), "j", shows="T+0:12:40"),
    "paused": desk(paused, shows="paused"),
    "ghost": State(haunted, shows="Your last run at this moment"),
}
WRITING: dict[str, State] = {
    "reply": desk(judged, *RUMOUR, "r", write=GOOD, shows="names a time"),
    "reply-poor": desk(judged, *CARE, "r", write=POOR, then=("f2", "f2"), shows="esc"),
    "reply-group": desk(judged, "R", write="We are looking into it.", shows="36 posts"),
    "reply-kept": desk(told, *CARE, "r", write=GOOD, then=("escape",), shows="The draft is kept"),
    "statement": desk(judged, "w", write=GOOD, shows="Statement of North Water"),
    "approval": desk(judged, "A", write=GOOD, shows="Draft for approval"),
    "sitrep": desk(told, "e", "space", "enter", shows="Situation report"),
    "last-look": desk(judged, *CARE, "r", write=POOR, then=("ctrl+s",), shows="send"),
    "last-look-stopped": desk(judged, *CARE, "r", write=POOR, then=("ctrl+s", "y"), shows="send all the same"),
    "outbox": desk(told, *CARE, "r", write=GOOD, then=("ctrl+s", "y"), shows="Sending in 5 s"),
    "hint-question": desk(asked, "h", shows="? Of those"),
    "hint-pointer": desk(asked, "h", "h", shows="counts for Coverage"),
    "hint-pattern": desk(asked, "h", "h", "h", shows="[Name], [what"),
}
OVER: dict[str, State] = {
    "fact": desk(told, *CARE, "r", "f3", shows="iron"),
    "unapproved": desk(unapproved, "w", write=GOOD, shows="counts against you"),
    "unapproved-last": desk(unapproved, "w", write=GOOD, then=("ctrl+s",), shows="counts against you"),
    "templates": desk(told, "w", "ctrl+o", shows="water"),
    "flag": desk(told, *CARE, "f", shows="Flag as"),
    "classify": desk(told, "c", "3", shows="L3"),
    "note": desk(told, *CARE, "s", write="The street team has 200 bottles", shows="A line for the log"),
    "escalate": desk(told, "e", "space", shows="Escalate to"),
    "escalate-plan": desk(lambda: water(level=3), "e", shows="plan: in"),
    "verbs": desk(told, "v", shows="What do you do?"),
    "decide": desk(told, "G", "y", shows="Return it"),
    "pin": desk(published, "P", shows="Pin which"),
    "delete": desk(told, "D", shows="Works on the main"),
    "delete-how": desk(told, "D", "enter", shows="without a word"),
    "close-account": desk(told, "K", shows="Close which"),
    "plant-praise": desk(told, "F", shows="Plant praise?"),
    "stop": desk(told, "X", shows="STOP the exercise?"),
    "leave": desk(told, "ctrl+q", shows="Leave the drill?"),
    "help": desk(told, "question_mark", shows="esc closes"),
    "help-end": desk(told, "question_mark", "end", shows="Signs"),
    "palette": desk(told, "ctrl+p", shows="Search for commands"),
    "palette-found": desk(told, "ctrl+p", write="esca", shows="Escalate"),
    "endex": desk(over("time"), shows="The time is up."),
    "no-duff": State(leaving, shows="NO DUFF: exercise stopped"),
}
PLAN: dict[str, State] = {
    "plan": desk(lambda: water(level=3), "l", shows="Call at L3"),
    "plan-path": desk(lambda: water(level=3), "l", "tab", shows="Kind of crisis"),
    "plan-levels": desk(lambda: water(level=3), "l", "tab", "tab", shows="What makes it L3"),
    "plan-kinds": desk(lambda: water(level=3), "l", "shift+tab", "shift+tab", "shift+tab", shows="Burst main"),
    "plan-texts": desk(lambda: water(level=3), "l", "shift+tab", "shift+tab", shows="The water in [district]"),
    "plan-rules": desk(lambda: water(level=3), "l", "shift+tab", shows="People before pipes."),
    "plan-found": desk(lambda: water(level=3), "l", "slash", write="brown", shows="The water in [district]"),
    "plan-none": desk(lambda: water(None), "l", shows="no contingency plan"),
}
DESK: dict[str, State] = {**PANES, **WRITING, **OVER, **PLAN}
