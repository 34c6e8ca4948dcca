"""`stormdrill new`: a first plan, scenario or drill, commented, that plays as it is."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from tui.commands.speech import leave, show
from tui.start import terminal

if TYPE_CHECKING:
    from drills.skeletons import Answers

T = TypeVar("T")

BRAND = "Corner Shop"
CHANNELS = "flit"
PEOPLE = "Ada Strand EXE, Jonas Lyng SML"
TITLE = "Nobody answers"
NO_PLAN = "none"

MEANT_FOR = {
    "--brand": ("plan", "scenario"),
    "--channels": ("plan", "scenario"),
    "--people": ("plan",),
    "--plan": ("drill",),
    "--scenario": ("drill",),
}


def new(
    kind: Annotated[Literal["plan", "scenario", "drill"], typer.Argument(help="What to begin.")],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Its title; its id is made from it.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file, or its folder; ID.yaml in this one if left out.")] = None,
    brand: Annotated[str | None, typer.Option(help="Whose crisis it is.")] = None,
    channels: Annotated[str | None, typer.Option(help="Where people post, as in flit,plaza.")] = None,
    people: Annotated[str | None, typer.Option(help=f'Names and roles, as in "{PEOPLE}".')] = None,
    plan: Annotated[str | None, typer.Option(metavar="ID", help="The plan that the drill tests, or none.")] = None,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="The scenario that the drill plays.")] = None,
) -> None:
    """Write a first plan, scenario or drill, commented, that can be played at once. Asks for what is not given."""
    from drills import skeletons
    from drills.errors import DrillError

    given = {"--brand": brand, "--channels": channels, "--people": people, "--plan": plan, "--scenario": scenario}
    for option, value in given.items():
        if value is not None and kind not in MEANT_FOR[option]:
            raise DrillError(f"{option} means nothing for a {kind}", remedy="see stormdrill new --help")
    name = " ".join(words) if words else None
    try:
        if kind == "drill":
            answers, path = _drill(name, out, scenario, plan)
        else:
            answers, path = _story(kind, name, out, brand, channels, people)
    except typer.Abort:
        print("\nnothing was written")
        leave(130)
    skeletons.write(path, skeletons.fill(kind, answers))
    file = shlex.quote(str(path))
    show(f"{file} is written")
    show(f"  stormdrill check {file}")
    if kind == "plan":
        if not skeletons.beside(path.parent, "scenario"):
            show(f"  stormdrill new scenario --brand {shlex.quote(answers.brand)}")
        show(f"  stormdrill new drill --plan {path.stem}")
    else:
        show(f"  stormdrill simulate {file} --responder textbook")
        show(f"  stormdrill play {file}")
    if kind == "scenario":
        show(f"  stormdrill new drill --scenario {path.stem}")


def _story(
    kind: Literal["plan", "scenario"],
    name: str | None,
    out: Path | None,
    brand: str | None,
    channels: str | None,
    people: str | None,
) -> tuple[Answers, Path]:
    """The answers for a plan or a scenario, and where its file goes."""
    from drills import skeletons

    def titled(text: str) -> tuple[str, Path]:
        title = skeletons.name_of(text, "the title", 80)
        return title, skeletons.place(out, skeletons.slug(title, kind))

    def placed(text: str) -> tuple[str, ...]:
        return skeletons.channels(text, public=kind == "scenario")

    whose = _ask("Brand (whose crisis it is)", brand, BRAND, lambda text: skeletons.name_of(text, "the brand's name"))
    usual = f"{whose} plan" if kind == "plan" else TITLE
    what = "Name of the plan" if kind == "plan" else "Title (what people are upset about, in a few words)"
    title, path = _ask(what, name, _stem(out) or usual, titled)
    where = _ask("Channels (flit is a micro-blog, plaza a page, rateo reviews)", channels, CHANNELS, placed)
    if kind == "scenario":
        return skeletons.Answers(title, whose, where), path
    staff = _ask("People (name and role: EXE decides, SML posts, REP answers)", people, PEOPLE, skeletons.people)
    return skeletons.Answers(title, whose, where, staff), path


def _drill(name: str | None, out: Path | None, scenario: str | None, plan: str | None) -> tuple[Answers, Path]:
    """The answers for a drill, and where its file goes."""
    from drills import skeletons
    from drills.errors import DrillError

    folder = skeletons.folder_of(out)
    stories = () if scenario else skeletons.beside(folder, "scenario")
    plans = () if plan else skeletons.beside(folder, "plan")

    def titled(text: str) -> tuple[str, Path]:
        title = skeletons.name_of(text, "the title", 80)
        return title, skeletons.place(out, skeletons.slug(title, "drill"))

    if not scenario and not stories and not terminal():
        raise DrillError(
            "a drill needs a scenario, and there is no sound one beside it",
            remedy="write one with stormdrill new scenario, mend one with stormdrill check, or give --scenario",
        )
    told = _ask(
        f"Scenario ({', '.join(stories) or 'none is in this folder; stormdrill list shows some'})",
        scenario, next(iter(stories), None), lambda text: skeletons.part(folder, "scenario", text),
    )  # fmt: skip
    tested = _ask(
        f"Plan under test ({', '.join((*plans, NO_PLAN))})", plan, next(iter(plans), NO_PLAN),
        lambda text: "" if text.strip() == NO_PLAN else skeletons.part(folder, "plan", text),
    )  # fmt: skip
    usual = f"{skeletons.title_of(folder, told)[:70]} drill"
    title, path = _ask("Name of the drill", name, _stem(out) or usual, titled)
    return skeletons.Answers(title, scenario=told, plan=tested), path


def _stem(out: Path | None) -> str:
    from drills.skeletons import folder_of

    return "" if out is None or folder_of(out) == out else out.stem


def _ask(question: str, given: str | None, usual: str | None, read: Callable[[str], T]) -> T:
    """An answer: what was given, else what a person at the terminal says, else the usual. Raises DrillError for what
    can't be read; a person at the terminal is told why and asked again."""
    from drills.errors import DrillError

    def heard(text: str) -> T:
        try:
            return read(text)
        except DrillError as error:
            raise typer.BadParameter(str(error)) from None

    if given is not None:
        return read(given)
    if terminal():
        answer: T = typer.prompt(question, default=usual, value_proc=heard)
        return answer
    return read(usual or "")
