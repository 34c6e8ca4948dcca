"""A seat far away: a session like any other to the desk, with a wire where the world would be.

Rules
1. A thread of its own reads and writes the socket; `tick` folds what has come. The desk never waits for the wire, but
   for the answer to its own action, and no longer than `ANSWER_S`.
2. An action that was not confirmed is sent again with the same key when the wire is back, and counts once.
3. The token is kept in a file of the owner alone, so that the seat is found again after a crash.
4. A draft goes to the host some times a second while one writes, not with every letter: a seat may send only so many
   things a second, and what one does would wait behind them.
5. What is judged here, while one writes, is judged without what the team can't know yet; what counts is judged there.
"""

from __future__ import annotations

import asyncio
import json
import queue
import secrets
import threading
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp

from drills.coach.model import Hint, Taken
from drills.desk import Changed, Desk
from drills.drill import Drill
from drills.errors import DrillError
from drills.journal import RECORD, SEAT
from drills.judging import context_of
from drills.origin import Origin
from drills.past import PastRun
from drills.record import write_whole
from drills.room.rights import FACILITATOR, SEATS, may
from drills.room.seen import colleagues, merged, received, taken
from drills.room.wire import BEFORE, HEARTBEAT_S, PATH
from drills.run import Run
from drills.scoring.card import Scorecard
from drills.session import LONGEST_TEXT, Refused
from drills.shelf import new_folder
from drills.tone import read
from engine.actions import Action
from engine.events import Event, from_data
from engine.reading import Reading
from engine.steering import Steering
from scenarios.text import clean

ANSWER_S = 5.0
AGAIN_S = 1.0
"""How long after a broken wire it is tried again."""
WELCOME_S = 10.0
DRAFTS_S = 0.25
"""How often what is being written goes to the host; so much of it is lost at the most where this end dies."""
MOST_BYTES = 64 * 1024 * 1024
UNTRUSTED = (
    "the room's certificate is not trusted here, or it has none",
    "",
    "check the address and --tls; for a certificate of your own set SSL_CERT_FILE to its file",
)
TOKENS = "seats"
"""The folder of tokens, beside that of the runs."""


class RemoteSession:
    """See the module. `join` makes one."""

    coach = "off"
    where = ""
    """HOST:PORT, as one has joined."""
    origin: Origin | None = None

    def __init__(self, url: str, hello: Mapping[str, Any], home: Path, token_file: Path) -> None:
        self._url, self._hello, self._home, self._token_file = url, dict(hello), home, token_file
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._pending: dict[str, tuple[str, Future[Any]]] = {}
        """What was sent and not confirmed: the frame, and who waits for the answer."""
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._after, self._mark = 0, ""
        """How much of the log is here, and what the host calls it."""
        self._clock: dict[str, Any] = {"now": 0, "paused": True, "why": "", "pace": 1.0, "seats": {}, "ready": []}
        self._drafts: dict[str, str] = {}
        self._unsaid: dict[str, str] = {}
        """Drafts that the host does not have as they are here, by slot; '' for one that is gone."""
        self._events: list[Event] = []
        self._closed = False
        self._gone = threading.Event()
        """Set when the seat is no longer this one's."""
        self._told: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.newcomer = "code" in hello and bool(hello["code"])
        """Whether the seat was taken just now, and not come back to."""
        self.lost = ""
        """Why there is no wire now, or ''."""
        self.past: PastRun | None = None
        """The run, once it has ended and its record has come."""
        self._welcomed: Future[Any] = Future()
        self._thread = threading.Thread(target=self._run, name="room", daemon=True)
        self._thread.start()
        try:
            self._begin(self._welcomed.result(WELCOME_S))
        except TimeoutError:
            self.close()
            raise DrillError(f"no room answers at {url.split('//')[-1].split('/')[0]}", remedy="ask the host") from None
        except DrillError:
            self.close()
            raise

    @classmethod
    def join(cls, where: str, code: str, home: Path, *, tls: bool = False) -> RemoteSession:
        """Take a seat. `where`: HOST:PORT. `code`: an invitation, or '' to come back to the seat that one had there.

        Raises DrillError when nobody answers there or the seat is not given.
        """
        folder = home / TOKENS
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / f"{''.join(one if one.isalnum() else '-' for one in where)}.token"
        hello: dict[str, Any] = {"do": "hello", "code": code}
        if not code:
            try:
                hello = {"do": "hello", "token": file.read_text("utf-8").strip()}
            except OSError:
                raise DrillError(f"you have no seat at {where}", remedy="join with the code you were given") from None
        seat = cls(f"{'https' if tls else 'http'}://{where}{PATH}", hello, home, file)
        seat.where = where
        return seat

    def _begin(self, welcome: Mapping[str, Any]) -> None:
        self.seat = str(welcome["seat"])
        self.drill: Drill = taken(welcome["drill"])
        self.ends_ms, self.seed = int(welcome["ends_ms"]), 0
        self._drafts = dict(welcome["drafts"])
        self._clock = dict(welcome["state"])
        self.handed = str(welcome["handed"])
        """What whoever had the seat before has handed over, or ''."""
        self.desk = Desk(
            self.drill.scenario,
            colleagues(welcome["colleagues"]),
            {who: (str(name), str(handle)) for who, (name, handle) in welcome["names"].items()},
            lambda post: post.text,
            welcome["due_after"],
            harm_first=bool(welcome["harm_first"]),
        )

    # -- the wire, in its thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._stay())
        self._loop.close()

    async def _stay(self) -> None:
        while not self._closed:
            try:
                await self._talk()
            except (aiohttp.ClientError, OSError, ValueError, TypeError, KeyError) as error:
                self.lost = str(error) or type(error).__name__
                if isinstance(error, aiohttp.ClientSSLError) and not self._welcomed.done():
                    self._welcomed.set_exception(DrillError(*UNTRUSTED))  # it won't be another one in a second
            else:
                self.lost = self.lost or "the host has closed the room"
            if not self._closed:
                await asyncio.sleep(AGAIN_S)

    async def _talk(self) -> None:
        timeout = aiohttp.ClientWSTimeout(ws_close=2.0)
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(self._url, heartbeat=HEARTBEAT_S, max_msg_size=MOST_BYTES, timeout=timeout) as socket,
        ):
            await socket.send_json({**self._hello, "after": self._after, "mark": self._mark})
            tasks = [asyncio.create_task(one) for one in (self._send(socket), self._send_drafts(socket))]
            try:
                async for message in socket:
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        return
                    if not self._heard(json.loads(message.data)):
                        return
            finally:
                with suppress(OSError, aiohttp.ClientError):
                    await self._tell_drafts(socket)
                for task in tasks:
                    task.cancel()

    async def _send(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        with self._lock:
            again = [frame for frame, _ in self._pending.values()]
        while not self._outbox.empty():  # what waits there is pending and sent again anyhow, or has no meaning any more
            self._outbox.get_nowait()
        for frame in again:
            await socket.send_str(frame)
        while True:
            await socket.send_str(await self._outbox.get())

    async def _send_drafts(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        with self._lock:
            self._unsaid = {**self._drafts, **self._unsaid}  # the host may be another one than before
        while True:
            await self._tell_drafts(socket)
            await asyncio.sleep(DRAFTS_S)

    async def _tell_drafts(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        with self._lock:
            told, self._unsaid = self._unsaid, {}
        try:
            for slot, text in told.items():
                await socket.send_json({"do": "draft", "slot": slot, "text": text})
        except BaseException:
            with self._lock:  # the wire is broken: they are told again when it is back
                self._unsaid = {**told, **self._unsaid}
            raise

    def _heard(self, said: Mapping[str, Any]) -> bool:
        """Take a frame; whether the wire may stay."""
        match said["do"]:
            case "denied":
                error = DrillError(str(said["why"]))
                self._closed = True
                self.lost = error.what
                self._gone.set()
                if not self._welcomed.done():
                    self._welcomed.set_exception(error)
                return False
            case "welcome":
                self.lost = ""
                self._hello = {"do": "hello", "token": str(said["token"])}
                write_whole(self._token_file, str(said["token"]))
                if not self._welcomed.done():
                    self._welcomed.set_result(said)
            case "events":
                if said["from"] != self._after:
                    return False  # something is missing: come back and read on from where one stands
                self._after, self._mark = int(said["upto"]), str(said["mark"])
                self._inbox.put(said)
            case "ack" | "refused":
                with self._lock:
                    _, answer = self._pending.pop(str(said["key"]), ("", None))
                if answer is not None and not answer.done():
                    answer.set_result(said)
                elif said["do"] == "refused":
                    self._told.put(str(said["why"]))
            case _:
                self._inbox.put(said)
        return True

    def _say(self, frame: str) -> None:
        if not self._closed:
            self._loop.call_soon_threadsafe(self._outbox.put_nowait, frame)

    # -- time ------------------------------------------------------------------------------------------------

    def tick(self) -> Changed:
        """Fold what has come. Raises DrillError when the seat was taken away."""
        changed = Changed.NOTHING
        while not self._inbox.empty():
            said = self._inbox.get()
            if said["do"] == "events":
                for row in said["events"]:
                    changed |= self._fold(received(row[0]), row[1] if len(row) > 1 else {})
            if (state := said if said["do"] == "state" else said.get("state")) is not None:
                self._clock = state
                self.desk.now_ms = max(self.desk.now_ms, int(state["now"]))
            if said["do"] == "record" and self.past is None:
                self._keep(str(said["folder"]), str(said["text"]))
        if self._closed and self.lost and self.past is None:
            raise DrillError(self.lost)
        return changed

    def _fold(self, event: Event, more: Mapping[str, Any]) -> Changed:
        if self.seat == FACILITATOR:
            self._events.append(event)
        elif more:  # the facilitator has the story whole
            scenario = merged(self.desk.scenario, more)
            self.desk.scenario = scenario
            self.drill = Drill(self.drill.file, scenario, self.drill.plan, self.drill.texts)
        return self.desk.apply(event)

    def _keep(self, folder: str, text: str) -> None:
        """Keep the record, for one's own review."""
        run = new_folder(self._home / "runs", folder)
        write_whole(run / RECORD, text)
        write_whole(run / SEAT, self.seat)
        self.past = PastRun(run)

    @property
    def now_ms(self) -> int:
        return int(self._clock["now"])

    @property
    def paused(self) -> bool:
        return bool(self._clock["paused"]) or bool(self.lost)

    @property
    def why_paused(self) -> str:
        return f"no connection: {self.lost}" if self.lost else str(self._clock["why"])

    @property
    def pace(self) -> float:
        return float(self._clock["pace"])

    @property
    def ended(self) -> bool:
        """Whether it is over and its record has come."""
        return self.past is not None

    @property
    def stopped_by(self) -> str:
        """The seat that has stopped the exercise for a real emergency, or ''."""
        return str(self._clock.get("stopped_by", ""))

    @property
    def ready(self) -> Sequence[str]:
        """Who has said that they are ready for STARTEX."""
        return tuple(self._clock["ready"])

    @property
    def stating(self) -> Collection[str]:
        """The other seats that have begun a statement and not sent it: two at once say two things."""
        return tuple([one for one in self._clock.get("stating", ()) if one != self.seat])

    @property
    def writing(self) -> Mapping[str, Mapping[str, str]]:
        """Seat to what is begun there and not sent, by slot; empty for everybody but the facilitator."""
        return dict(self._clock.get("drafts", {}))

    @property
    def seats(self) -> Mapping[str, bool]:
        """The seats that somebody has taken, and whether they are connected now."""
        return dict(self._clock["seats"])

    @property
    def begun(self) -> bool:
        """Whether STARTEX has been."""
        return not (self._clock["paused"] and self._clock["why"] == BEFORE)

    def may(self, do: str) -> bool:
        """Whether this seat may take an action, with the seats that are taken now; a draft that lies before it is its
        own to decide on."""
        lies = do == "decide" and any(one.medium == "approval" and one.waiting for one in self.desk.inbox.values())
        return lies or may(self.seat, do, {*self.seats, self.seat})

    def who_may(self, do: str) -> tuple[str, ...]:
        """The seats of those present that may take an action."""
        taken = {*self.seats, self.seat}
        return tuple([seat for seat in SEATS if seat in taken and may(seat, do, taken)])

    def told(self) -> tuple[str, ...]:
        """What the host has refused without being asked for an answer, a sentence each; each is told once."""
        out = []
        while not self._told.empty():
            out.append(self._told.get())
        return tuple(out)

    @property
    def events(self) -> Sequence[Event]:
        """The log as far as it was told, in order; kept for the facilitator alone, empty for everybody else."""
        return self._events

    alone = False

    @property
    def has_clock(self) -> bool:
        """Whether this seat may stop the clock and let it run."""
        return self.seat == FACILITATOR

    def pause(self, why: str = "paused") -> None:  # noqa: ARG002  as every session has it
        """Ask for the clock to stop; the facilitator's alone."""
        self._clock_says("freeze")

    def unpause(self) -> None:
        """Ask for the clock to run; the facilitator's alone."""
        self._clock_says("run")

    def set_pace(self, pace: float) -> None:
        """Ask for another pace; the facilitator's alone."""
        self._clock_says("pace", pace)

    def stop(self, why: str = "stopped") -> None:
        """A real emergency: for everybody. With `facilitator`, ENDEX; that is the facilitator's alone."""
        self._clock_says("end" if why == "facilitator" else "stop")

    def _clock_says(self, what: str, value: float | None = None) -> None:
        self._say(json.dumps({"do": "clock", "what": what, "value": value}))

    # -- acting ----------------------------------------------------------------------------------------------

    def act(self, do: str, **given: Any) -> Action:
        """Take an action; it has happened when it is on the record of the host. Raises Refused with the host's reason,
        or where no answer comes: then it is sent again by itself as soon as the wire is back, and counts once."""
        action: Action = self._done("act", do, given)
        return action

    def _done(self, what: str, do: str, given: Mapping[str, Any]) -> Any:
        if self.lost:
            raise Refused("no connection now: what you wrote is kept", remedy="try again when it is back")
        key = secrets.token_hex(12)
        fields = {name: value for name, value in given.items() if value is not None}
        frame = json.dumps({"do": what, "key": key, "verb": do, "given": fields})
        answer: Future[Any] = Future()
        with self._lock:
            self._pending[key] = (frame, answer)
        self._say(frame)
        try:
            said = answer.result(ANSWER_S)
        except TimeoutError:
            told = "the host has not answered yet"
            raise Refused(told, remedy="it goes out by itself: don't write it twice") from None
        if said["do"] == "refused":
            raise Refused(str(said["why"]), remedy=str(said.get("remedy", "")))
        return from_data(said["action"])

    def steer(self, do: str, **given: Any) -> Steering:
        """Steer the run, as `Session.steer`; the facilitator's alone. Raises Refused as `act` does."""
        steering: Steering = self._done("steer", do, given)
        return steering

    def say_ready(self, *, ready: bool = True) -> None:
        """Say that one is ready for STARTEX, or not yet."""
        self._say(json.dumps({"do": "ready", "ready": ready}))

    def leave(self, handed: str = "") -> None:
        """Give the seat up: from now on it is the simulation's. `handed`: what whoever takes it next must know.

        Raises Refused where the host can't be told: then the seat stays one's own.
        """
        if self.lost:
            raise Refused("no connection now: your seat stays yours", remedy="try again when it is back")
        self._say(json.dumps({"do": "leave", "handed": handed}))
        if not self._gone.wait(ANSWER_S):
            raise Refused("the host has not answered yet", remedy="try again")
        self._token_file.unlink(missing_ok=True)

    def check(self, text: str, *, do: str, target: str = "", kind: str = "") -> Reading:
        """Judge a draft with what the team knows."""
        return read(clean(text, limit=LONGEST_TEXT), context_of(self.drill.scenario, self.desk, do, target, kind))

    @property
    def hints(self) -> tuple[Taken, ...]:
        return ()

    def took(self, hint: Hint) -> None:  # noqa: ARG002  as every session has it
        """Teams play without hints. Raises Refused."""
        raise Refused("this drill is played without hints")

    # -- drafts ----------------------------------------------------------------------------------------------

    @property
    def drafts(self) -> dict[str, str]:
        return dict(self._drafts)

    def draft(self, slot: str) -> str:
        return self._drafts.get(slot, "")

    def save_draft(self, slot: str, text: str) -> None:
        """Keep it here, and with the host a moment later."""
        with self._lock:
            if text:
                self._drafts[slot] = text
            else:
                self._drafts.pop(slot, None)
            self._unsaid[slot] = text

    # -- after ENDEX -----------------------------------------------------------------------------------------

    def _past(self) -> PastRun:
        if self.past is None:
            raise DrillError("this is told after ENDEX")
        return self.past

    @property
    def path(self) -> Path:
        """The run's folder here. Raises DrillError before ENDEX: it is the host's until then."""
        return self._past().path

    def scorecard(self) -> Scorecard:
        """What the run was worth. Raises DrillError before ENDEX, as all of these do."""
        return self._past().scorecard()

    def run(self) -> Run:
        return self._past().run

    def truth(self) -> list[tuple[int, int]]:
        return self._past().truth()

    def log(self) -> Sequence[Event]:
        return self._past().log()

    def levels(self) -> list[tuple[int, int]]:
        return list(self.desk.levels)

    def close(self) -> None:
        """Leave. The seat stays one's own, and is found again."""
        if self._closed:
            return
        self._closed = True

        def end() -> None:
            for task in asyncio.all_tasks(self._loop):
                task.cancel()

        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(end)
            self._thread.join(3)
