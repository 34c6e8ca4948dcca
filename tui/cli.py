"""The command line: one command, `stormdrill`. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from drills.session import Session

app = typer.Typer(
    name="stormdrill",
    help="Rehearse a social-media crisis. Without a command: the lobby.",
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Which luck; the drill's own if left out.")]
DrillName = Annotated[str, typer.Argument(metavar="DRILL", help="A drill's name, or the path of a drill or scenario.")]
RunName = Annotated[str | None, typer.Argument(metavar="[RUN]", help="A run's name or folder; the newest if left out.")]


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal or a pipe can't show is told, never a crash
            stream.reconfigure(errors="backslashreplace")
    code = _run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has had enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _run(args: list[str]) -> int:
    """Run one command; returns the exit code: 0 fine, 1 problems, 2 misuse."""
    from typer.core import TyperGroup
    from typer.main import get_command

    command = get_command(app)
    assert isinstance(command, TyperGroup)
    try:
        with _told():
            result = command.main(args=args, prog_name="stormdrill", standalone_mode=False)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1
    except Exception as error:
        show: Callable[[], None] | None = getattr(error, "show", None)  # click's own errors know how to tell
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", 2))
    return result if isinstance(result, int) else 0


@contextmanager
def _told() -> Iterator[None]:
    """Turn the errors that a person can do something about into sentences; never a traceback."""
    from drills.errors import DrillError
    from scenarios.source import SourceError

    try:
        yield
    except SourceError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        _leave(1)
    except DrillError as error:
        print(f"stormdrill: {error}", file=sys.stderr)
        _leave(1)
    except KeyboardInterrupt:
        _leave(130)


def _leave(code: int) -> NoReturn:
    raise SystemExit(code)


def _print_json(data: Any) -> None:
    """Print JSON in ASCII: no terminal obeys it, and every pipe can carry it."""
    print(json.dumps(data, indent=2))


def _show(text: str) -> None:
    """Print text that may have come from outside: harmless, whatever it holds."""
    from scenarios.text import clean

    print(clean(text))


@app.callback(invoke_without_command=True)
def lobby(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Open the lobby; without a terminal, play the first drill with a scripted team and say how to play it."""
    if version:
        from drills.version import our_version

        print(f"stormdrill {our_version()}")
        return
    if context.invoked_subcommand is not None:
        return
    if _terminal():
        from tui.app import StormdrillApp

        StormdrillApp().run()
        return
    from drills.shelf import drills
    from drills.showing import minute_by_minute

    for line in minute_by_minute(drills()[0]):
        _show(line)


@app.command()
def play(
    drill: DrillName,
    seed: Seed = None,
    pace: Annotated[float | None, typer.Option(min=0.1, max=60, help="Scenario minutes per real minute.")] = None,
    seat: Annotated[str | None, typer.Option(help="The role to play: REP, SML, COM, ...")] = None,
    coach: Annotated[Literal["on", "ask", "off"] | None, typer.Option(help="Hints.")] = None,
) -> None:
    """Play a drill."""
    from drills import joining

    found = joining.find(drill)
    if seat is not None:
        _known_seat(seat)
    _needs_terminal("play")
    from drills.session import Session
    from drills.shelf import runs_folder

    _desk(Session.start(found, runs_folder(), seed=seed, pace=pace, seat=seat, coach=coach))


def _known_seat(seat: str) -> None:
    from drills.errors import DrillError
    from scenarios.source import suggest
    from scenarios.terms import ROLES

    if seat not in ROLES:
        raise DrillError(
            f"there is no seat {seat!r}{suggest(seat, tuple(ROLES))}", remedy=f"take one of {', '.join(ROLES)}"
        )


def _desk(session: Session) -> None:
    from tui.app import StormdrillApp

    try:
        StormdrillApp(session=session).run()
    finally:
        session.close()


def _terminal() -> bool:
    """Whether a person can play here; Textual draws on standard error."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _needs_terminal(what: str) -> None:
    from drills.errors import DrillError

    if not _terminal():
        raise DrillError(f"{what} needs a terminal", remedy="use stormdrill simulate to play with a scripted team")


@app.command()
def resume(run: RunName = None) -> None:
    """Go on with an unfinished run; the newest if none is named."""
    from drills import shelf
    from drills.errors import DrillError
    from drills.session import Session

    if run is None:
        unfinished = [info.path for info in shelf.runs() if info.state == "unfinished"]
        if not unfinished:
            raise DrillError("there is no unfinished run", remedy="start one with stormdrill play")
        folder = unfinished[0]
    else:
        folder = shelf.find_run(run)
    _needs_terminal("resume")
    _desk(Session.resume(folder))


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Drills, with their level, length and people."""
    from drills import library, shelf
    from scenarios import library as scenarios

    found = shelf.drills()
    if as_json:
        _print_json(
            {
                "drills": [
                    {
                        "id": drill.id,
                        "title": drill.title,
                        "blurb": drill.file.blurb,
                        "level": drill.file.length,
                        "real_minutes": drill.real_minutes,
                        "people": drill.file.people,
                        "seats": list(drill.file.seats),
                        "scenario": drill.file.scenario,
                        "plan": drill.file.plan,
                        "content_notes": list(drill.scenario.content_notes),
                    }
                    for drill in found
                ],
                "scenarios": scenarios.names(),
                "plans": library.names("plans"),
            }
        )
        return
    width = max(len(drill.id) for drill in found)
    print(f"{'DRILL':{width}}  LEVEL  MINUTES  PEOPLE  TITLE")
    for drill in found:
        file = drill.file
        print(f"{drill.id:{width}}  {file.length:5}  {drill.real_minutes:7}  {file.people:6}  {drill.title}")
    print("\nPlay one with: stormdrill play DRILL")


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of them.")],
    as_json: Json = False,
) -> None:
    """Check scenarios, plans and drills: every problem as file:line:column: message."""
    from drills import joining
    from scenarios.source import Problem

    problems: list[Problem] = []
    files = 0
    for path in paths:
        inside = sorted([*path.glob("**/*.yaml"), *path.glob("**/*.yml")]) if path.is_dir() else [path]
        if not inside:
            problems.append(
                Problem(str(path), 1, 1, "there is no .yaml file in this folder; give a folder of scenarios")
            )
        for file in inside:
            files += 1
            problems += joining.check(file)
    problems = list(dict.fromkeys(problems))  # a scenario and a drill that names it tell the same
    if as_json:
        _print_json(
            [{name: getattr(p, name) for name in ("file", "line", "column", "severity", "message")} for p in problems]
        )
    else:
        for problem in problems:
            _show(str(problem))
        if not problems:
            print(f"{files} file{'s' * (files != 1)}, no problems")
    if any(problem.severity == "error" for problem in problems):
        _leave(1)


@app.command()
def schema(kind: Annotated[Literal["scenario", "plan", "drill"], typer.Argument(help="Of which files.")]) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from drills.schema import schema_text

    print(schema_text(kind), end="")


@app.command()
def simulate(
    drill: DrillName,
    responder: Annotated[str | None, typer.Option(help="A scripted team: textbook, silent, defensive.")] = None,
    actions: Annotated[Path | None, typer.Option(help="An action file (.jsonl) instead of a scripted team.")] = None,
    seed: Seed = None,
    runs: Annotated[int, typer.Option(min=1, max=100_000, help="How many seeds, from --seed on.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="How many processes.")] = 1,
    as_json: Json = False,
) -> None:
    """Play a drill without a person, and print what it scored."""
    from drills import joining
    from drills.actions_file import read_actions
    from drills.errors import DrillError
    from drills.responders import RESPONDERS
    from drills.simulate import simulate as run_all
    from scenarios.moments import show_moment
    from scenarios.source import suggest

    found = joining.find(drill)
    if responder is not None and actions is not None:
        raise DrillError("--responder and --actions exclude each other", remedy="give one of them")
    chosen = responder or "textbook"
    if chosen not in RESPONDERS:
        raise DrillError(
            f"there is no responder {chosen!r}{suggest(chosen, tuple(RESPONDERS))}",
            remedy=f"take {', '.join(RESPONDERS)}",
        )
    given = None if actions is None else read_actions(actions)
    first = found.file.seed if seed is None else seed
    rows = run_all(found, responder=chosen, actions=given, seed=first, runs=runs, jobs=jobs)
    name = str(actions) if actions is not None else chosen
    if as_json:
        _print_json({"drill": found.id, "responder": name, "runs": list(rows)})
        return
    print(f"{found.title}, {name}")
    print("SEED        POSTS  SPEED   TONE  ESCAL.  CONDUCT  TOTAL     GATES")
    for row in rows:
        scores = row["scores"]
        cells = [scores[key] for key in ("speed", "tone", "escalation", "conduct", "total")]
        shown = [f"{cell:5.1f}" if cell is not None else "    -" for cell in cells]
        print(
            f"{row['seed']:<10} {row['posts']:6}  {shown[0]}  {shown[1]}   {shown[2]}    {shown[3]}  {shown[4]} "
            f"{row['rating']:2}  {' '.join(row['gates'])}".rstrip()
        )
        for void in row["void"]:
            what = f"{void['do']} {void['target']}".strip()
            _show(f"  not done  {show_moment(void['at_ms'])}  {what}: {void['why']}")


@app.command()
def runs(as_json: Json = False) -> None:
    """Past and unfinished runs, the newest first."""
    from drills import shelf
    from scenarios.moments import show_moment

    found = shelf.runs()
    if as_json:
        _print_json(
            [
                {
                    "run": info.path.name,
                    "path": str(info.path),
                    "drill": info.drill_id,
                    "title": info.title,
                    "started": info.started,
                    "seed": info.seed,
                    "seat": info.seat,
                    "state": info.state,
                    "reached_ms": info.reached_ms,
                    "total": info.total,
                    "rating": info.rating,
                }
                for info in found
            ]
        )
        return
    if not found:
        print("No runs yet. Start one with: stormdrill play cafe-lumo")
        return
    width = max(len(info.path.name) for info in found)
    print(f"{'RUN':{width}}  STATE       REACHED    TOTAL")
    for info in found:
        total = f"{info.total:5.1f} {info.rating}" if info.total is not None else "    -"
        _show(f"{info.path.name:{width}}  {info.state:10}  {show_moment(info.reached_ms)}  {total}")


@app.command()
def report(
    run: RunName = None,
    format_: Annotated[Literal["md", "json"], typer.Option("--format", help="md or json.")] = "md",
    out: Annotated[Path | None, typer.Option(help="A file; its name will begin with EXERCISE_.")] = None,
) -> None:
    """What a run scored and why, with the evidence: the review as a file."""
    from drills import shelf
    from drills.errors import DrillError
    from drills.past import PastRun
    from drills.review_text import review_json, review_markdown

    past = PastRun(shelf.find_run(run))
    text = review_markdown(past) if format_ == "md" else json.dumps(review_json(past), indent=2)
    if out is None:
        _show(text)
        return
    try:
        if out.is_dir():
            raise DrillError("this is a folder", str(out), "name a file in it")
        target = out if out.name.startswith("EXERCISE_") else out.with_name(f"EXERCISE_{out.name}")
        target.write_text(text + "\n", "utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DrillError(f"the report can't be written ({why})", str(out), "give another --out") from None
    print(f"written to {target}")


@app.command()
def verify(run: RunName = None) -> None:
    """Replay a run and compare it with its record, action by action."""
    from drills import shelf
    from drills.record import verify as differences

    folder = shelf.find_run(run)
    found = differences(folder)
    for line in found:
        print(line, file=sys.stderr)
    if found:
        _leave(1)
    print(f"{folder.name}: the replay is the run")


@app.command()
def tone(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write lines of JSON.")] = False,
) -> None:
    """Judge a text from standard input: what it says, and why it reads as it does."""
    from drills.showing import judge_lines, judge_text

    stream = sys.stdin.buffer
    if jsonl:
        bad = 0
        for line, fine in judge_lines(stream):
            print(line, file=sys.stdout if fine else sys.stderr, flush=True)
            bad += not fine
        if bad:
            _leave(1)
        return
    if sys.stdin.isatty():
        print("Type the text, then Ctrl+D.", file=sys.stderr)
    for line in judge_text(stream.read()):
        _show(line)


@app.command()
def whatif(
    drill: DrillName,
    actions: Annotated[Path, typer.Option(help="What the team did.")],
    instead: Annotated[Path, typer.Option(help="What it might have done.")],
    seed: Seed = None,
    as_json: Json = False,
) -> None:
    """Compare two courses of action with the same luck: which posts were prevented, which are new, what it scores."""
    from drills import joining
    from drills.whatif import compare

    found = joining.find(drill)
    difference = compare(found, actions, instead, seed=found.file.seed if seed is None else seed)
    if as_json:
        _print_json(difference.as_data())
        return
    for line in difference.as_text():
        _show(line)
