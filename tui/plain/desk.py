"""The reader of plain mode: a line comes in, lines go out. It knows no stream and no keyboard.

While a text is being written nothing is told; what happened meanwhile is told after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from drills.errors import DrillError
from scenarios.moments import MINUTE, SECOND, parse_duration, show_moment
from scenarios.source import suggest
from scenarios.text import clean
from tui.plain import shows
from tui.plain.doing import Doing, Movable
from tui.plain.numbers import Numbers
from tui.plain.slots import LineError, Words, fields
from tui.plain.table import find, help_lines, table
from tui.plain.told import Teller
from tui.room import script_of

COUNT_S = 60.0
"""How often a person is told how many posts came that want no answer."""
STEP_MS = 5 * SECOND
"""`next` looks this often whether something wants attention."""
_WHY = {"time": "The time is up", "stood down": "You have stood down"}
_PACES = (0.1, 60.0)


class PlainDesk:
    """One seat, in lines."""

    def __init__(
        self, session: Movable, say: Callable[[str], None], *, live: bool, clock: Callable[[], float] = lambda: 0.0
    ) -> None:
        """`say` prints one line. `live`: a person types and the session's clock runs. `clock`: seconds."""
        self.session, self.live = session, live
        self.numbers = Numbers()
        self.left = False
        self.misunderstood = 0
        """Lines that said nothing we know."""
        self._say, self._clock = say, clock
        self._teller = Teller(session.desk, self.numbers, session.seat, partial(script_of, session))
        self._doing = Doing(session, self.numbers, self._tell, clock, live=live)
        self._why_paused = ""
        self._ended = False
        self._counted_s = clock()
        self._own: dict[str, Callable[[str], None]] = {
            "open": self._open,
            "help": self._help,
            "undo": lambda _: self._doing.undo(),
            "wait": self._wait,
            "next": self._next,
            "clock": self._set_clock,
            "leave": self._leave,
            "no-duff": self._no_duff,
            "ready": self._alone,
            "give-up": self._alone,
        }

    @property
    def writing(self) -> bool:
        """Whether the lines that come belong to a text."""
        return self._doing.writing is not None

    # -- in and out --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Say where one is."""
        self._tell(["EXERCISE EXERCISE EXERCISE", *shows.briefing(self.session, self.numbers, "")])
        self._tell(["help lists the commands; queue says what waits."])
        self._start()
        self.tick()

    def _start(self) -> None:
        """What holds from STARTEX on has happened when the first line is read."""
        if self.session.now_ms == 0:
            self.session.skip_to(1)

    def take(self, line: str) -> None:
        """Understand one line of input."""
        if self._doing.writing is not None:
            self._doing.write(line)
            self.tick()
            return
        words = line.strip()
        if not words or words.startswith("#"):
            return
        name, _, rest = words.partition(" ")
        if name != "undo" and name != "u":
            self._doing.flush()
        if self._over():
            return
        try:
            self._command(name.lower(), rest)
        except LineError as error:
            self.misunderstood += 1
            self._tell([f"Not understood: {error}{'' if str(error).endswith('.') else '.'}"])
        except DrillError as error:
            self._tell([f"Not done: {error}"])
        self.tick()

    def tick(self) -> None:
        """Let the session catch up with the clock, and tell what wants attention."""
        if self._over():
            return
        if self.live:
            self.session.tick()
            self._doing.look()
        if self.writing and not self.session.ended:
            return
        self._tell(self._teller.news())
        self._tell_clock()
        if self.live and self._clock() - self._counted_s >= COUNT_S:
            self._counted_s = self._clock()
            if rest := self._teller.rest():
                self._tell([f"{show_moment(self.session.now_ms)}  {rest}"])
        self._over()

    def _tell_clock(self) -> None:
        """Why the clock stands, once."""
        if self.session.paused and self.session.why_paused not in (self._why_paused, "stopped"):
            self._tell([f"The clock stands: {self.session.why_paused}. clock run lets it go on."])
        self._why_paused = self.session.why_paused

    def finish(self) -> None:
        """No more lines will come; after piped commands the drill plays on to its end."""
        self._doing.break_off()
        if not self.live and not self.left and not self.session.ended:
            self._pass(self.session.ends_ms)
        self._over()

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._say(clean(line, multiline=False).replace("\n", " / "))

    def _over(self) -> bool:
        """Whether the drill has ended; says so once, with the result."""
        if self.session.ended and not self._ended:
            self._ended = True
            self._doing.stop()
            self._tell(self._teller.news())
            ended = self.session.desk.ended
            if ended is not None and ended.why == "stopped":
                self._tell(["NO DUFF. Exercise stopped. This is real: follow your real plan now. The run is kept."])
            else:
                why = _WHY.get(ended.why if ended else "", "The drill has ended")
                self._tell([f"ENDEX. {why}. {show_moment(self.session.now_ms)}"])
                self._tell(shows.score(self.session.scorecard()))
                self._tell([f"The whole report: stormdrill report {self.session.path.name}"])
            self._tell(["EXERCISE EXERCISE EXERCISE"])
        return self._ended

    # -- commands ----------------------------------------------------------------------------------------------

    def _command(self, name: str, rest: str) -> None:
        command = find(name)
        if command is None:
            names = tuple(one.name for one in table())
            raise LineError(f"there is no command {name!r}{suggest(name, names)}; help lists them")
        words = Words(rest)
        given = fields(command, words, self.session.desk, self.numbers, tuple(self.session.seats))
        if command.name == "check":
            self._doing.judge(words.rest, given)
        elif command.do:
            self._doing.do(command, given, words.rest)
        elif command.name in shows.LOOKS:
            self._tell(shows.LOOKS[command.name](self.session, self.numbers, given.get("word", "")))
        else:
            self._own[command.name](rest.strip())

    # -- looking and time --------------------------------------------------------------------------------------

    def _open(self, word: str) -> None:
        keys = shows.known(self.session.desk, self.numbers, word)
        if len(keys) == 1:
            self._tell(shows.opened(self.session, self.numbers, keys[0]))
        else:
            self._tell(shows.group(self.session, self.numbers, keys))

    def _help(self, word: str) -> None:
        if word and find(word) is None:
            raise LineError(f"there is no command {word!r}{suggest(word, tuple(one.name for one in table()))}")
        self._tell(help_lines(word))

    def _wait(self, word: str) -> None:
        try:
            span = parse_duration(word) if word else MINUTE
        except ValueError as error:
            raise LineError(str(error)) from None
        if self._moves():
            self._pass(self.session.now_ms + span)

    def _next(self, _word: str) -> None:
        while self._moves() and not self.session.ended:
            self.session.skip_to(self.session.now_ms + STEP_MS)
            if news := self._teller.news():
                self._tell(news)
                break
        if not self._over() and (rest := self._teller.rest()):
            self._tell([f"{show_moment(self.session.now_ms)}  {rest}"])

    def _moves(self) -> bool:
        if self.session.paused:
            self._tell(["The clock stands: clock run lets it go on."])
        return not self.session.paused

    def _pass(self, until_ms: int) -> None:
        self.session.skip_to(min(until_ms, self.session.ends_ms))
        self._tell(self._teller.news())
        self._counted()

    def _counted(self) -> None:
        rest = self._teller.rest()
        if not self._over():
            self._tell([f"{show_moment(self.session.now_ms)}  {rest or 'Nothing else.'}"])

    def _set_clock(self, word: str) -> None:
        if word in ("stop", "run"):
            (self.session.pause if word == "stop" else self.session.unpause)()
            self._why_paused = self.session.why_paused
            self._tell(["The clock stands." if word == "stop" else "The clock runs."])
            return
        try:
            pace = float(word)
        except ValueError:
            pace = 0.0
        if not _PACES[0] <= pace <= _PACES[1]:
            raise LineError(f"expected stop, run, or a pace from 0.1 to 60, got {word!r}: clock 2")
        self.session.set_pace(pace)
        self._tell([f"The clock runs at pace {pace:g}, scenario minutes a minute."])

    def _leave(self, _word: str) -> None:
        self.left = True
        self._tell(["Left. The run is kept; go on with: stormdrill resume --plain"])

    def _alone(self, _word: str) -> None:
        raise DrillError("this is for a room, and nobody else plays here")

    def _no_duff(self, _word: str) -> None:
        self.session.stop("stopped")
