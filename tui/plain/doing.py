"""What a seat does in plain mode: acts at once, texts by way of an outbox.

Rules
1. A text waits five seconds, or until the next line, before it goes out: `undo` recalls it.
2. A text that does not go out is kept as a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from drills.desk import Changed, describe
from drills.errors import DrillError
from drills.plan import oneself, plain_plan
from engine.actions import VERBS, Action
from scenarios.moments import show_moment
from tui.plain.numbers import Numbers
from tui.plain.slots import LineError, reply_verb
from tui.plain.table import Command
from tui.room import check
from tui.session_view import SessionView

OUTBOX_S = 5.0
END = "."
"""The line that ends a text."""


class Movable(SessionView, Protocol):
    """A session whose time can be moved: `drills.session.Session` is one."""

    def skip_to(self, at_ms: int) -> Changed:
        """Let sim time pass to this moment at once."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is being written, or that waits to go out."""

    do: str
    fields: dict[str, Any]
    text: str = ""
    since_s: float = 0.0

    @property
    def slot(self) -> str:
        """Under which name it is kept as a draft: the desk's own."""
        to = "+".join(self.fields.get("to", ())) if self.do in ("escalate", "ask", "inform") else ""
        return " ".join([part for part in (self.do, self.fields.get("target", "") or to) if part])


class Doing:
    """The hands of one seat."""

    def __init__(
        self,
        session: Movable,
        numbers: Numbers,
        tell: Callable[[Iterable[str]], None],
        clock: Callable[[], float],
        *,
        live: bool,
    ) -> None:
        """`tell` prints lines. `live`: a person types. `clock`: seconds."""
        self.session, self.numbers, self.live = session, numbers, live
        self.writing: Text | None = None
        """The text that is being written, line by line."""
        self._tell, self._clock = tell, clock
        self._lines: list[str] = []
        self._waiting: Text | None = None
        self._flags: list[dict[str, Any]] = []
        self._me = oneself(session.drill.plan or plain_plan(session.drill.scenario), session.seat)

    def look(self) -> None:
        """Let a text go out whose time has come."""
        if self._waiting is not None and self._clock() - self._waiting.since_s >= OUTBOX_S:
            self.flush()

    def flush(self) -> None:
        """Let the text that waits go out."""
        text, self._waiting = self._waiting, None
        if text is not None:
            try:
                self._act(text.do, {**text.fields, "text": text.text})
            except DrillError as error:
                self._keep(text)
                self._tell([f"Not sent: {error} The text is kept as a draft."])

    def stop(self) -> None:
        """Drop what is under way: the exercise is over."""
        self.writing = self._waiting = None

    def break_off(self) -> None:
        """No more lines will come: a text without its end is kept and not sent."""
        if self.writing is not None:
            text, self.writing = self.writing, None
            self._keep(replace(text, text="\n".join(self._lines)))
            self._tell(["The text had no end, a line with a single dot; it is kept as a draft and not sent."])
        self.flush()

    def do(self, command: Command, given: dict[str, Any], text: str) -> None:
        do = command.do
        if command.name == "reply":
            given |= (how := reply_verb(self.session.desk, given["target"]))
            do = given.pop("do", do) if how else do
        if command.name == "claim":
            if self.session.alone:
                raise DrillError("nobody else plays here: all of it is yours")
            me, keys = self.session.seat, (given["target"], *given.get("also", ()))
            given["to"] = () if self.session.desk.holders(keys) == [me] else (me,)
        check(self.session, do)
        if command.name == "say" and not text and given.get("approval") in self.session.desk.approvals:
            text = self.session.desk.approvals[given["approval"]].action.text
        if self._me in given.get("to", ()) and do != "assign":
            raise LineError("that is yourself: team says whom you can reach")
        if not command.text or VERBS[do].needs == ():
            action = self._act(do, given)
            if do == "flag" and action is not None:
                self._flags.append(given)
            return
        if do == "note" and text:
            self._act(do, {**given, "text": text})
        elif text:
            self._leave_with(Text(do, given, text))
        else:
            self.writing, self._lines = Text(do, given), []
            self._tell(["Write the text; a line with a single dot ends it."] if self.live else [])

    def _act(self, do: str, given: dict[str, Any]) -> Action | None:
        """Do it and say that it is done. Raises DrillError where it can't be done."""
        action = self.session.act(do, **given)
        words = describe(action)
        for key in sorted({action.target, *action.also} - {""}, key=len, reverse=True):
            if (number := self.numbers.given(key)) is not None:
                words = words.replace(key, f"number {number}")
        self._tell([f"{show_moment(action.at_ms)}  You: {words}"])
        if action.do == "request_approval":
            self._tell([f"It waits as approval {action.id}."])
        return action

    def write(self, line: str) -> None:
        assert self.writing is not None
        if line.strip() != END:
            self._lines.append(line.rstrip("\r\n"))
            return
        text, self.writing = self.writing, None
        written = "\n".join(self._lines).strip()
        if not written:
            self._tell(["Nothing was written; nothing is sent."])
        elif text.do == "check":
            self._verdict(written, text.fields)
        elif text.do == "note":
            try:
                self._act("note", {**text.fields, "text": written})
            except DrillError as error:
                self._tell([f"Not done: {error}"])
        else:
            self._leave_with(Text(text.do, text.fields, written))

    def _leave_with(self, text: Text) -> None:
        """Put a text into the outbox."""
        self._waiting = Text(text.do, text.fields, text.text, self._clock())
        if self.session.coach == "on" and VERBS[text.do].speaks:
            self._verdict(text.text, {"do": text.do, **text.fields}, bad_only=True)
        if self.live:
            self._tell([f"It goes out in {OUTBOX_S:g} seconds, or with your next command; undo recalls it."])

    def _keep(self, text: Text) -> None:
        if text.text.strip():
            self.session.save_draft(text.slot, text.text)

    def judge(self, text: str, given: dict[str, Any]) -> None:
        target = given.get("target", "")
        given = {**reply_verb(self.session.desk, target), "target": target} if target else {}
        if text:
            self._verdict(text, given)
        else:
            self.writing, self._lines = Text("check", given), []

    def _verdict(self, text: str, given: dict[str, Any], *, bad_only: bool = False) -> None:
        from tui.widgets.findings import said

        target = given.get("target", "")
        do = given.get("do") or ("reply" if target else "publish")
        try:
            reading = self.session.check(text, do=do, target=target, kind=given.get("kind", ""))
        except DrillError as error:
            self._tell([f"Not judged: {error}"])
            return
        found = [one for one in said(reading) if not (bad_only and one.good)]
        self._tell([f"{'Good' if one.good else 'Mind'}: {one.text}" for one in found])
        if not found and not bad_only:
            self._tell(["Nothing to say about it."])

    def undo(self) -> None:
        text, self._waiting = self._waiting, None
        if text is not None:
            self._keep(text)
            self._tell(["Recalled; the text is kept as a draft."])
        elif self._flags:
            self._act("flag", self._flags.pop())
        else:
            self._tell(["There is nothing to take back."])
