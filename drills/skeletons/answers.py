"""What a trainer answers, read: names, people, channels. Whatever was typed becomes a valid answer or a DrillError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from drills.errors import DrillError
from drills.plan.organisation import PersonRole
from scenarios.channels import KNOWN
from scenarios.source import suggest
from scenarios.terms import ROLES
from scenarios.text import clean

Kind = Literal["plan", "scenario", "drill"]
KINDS: tuple[Kind, ...] = get_args(Kind)

LONGEST_NAME = 60
"""Characters that a company, a brand or a person may have in an authored file."""
LONGEST_ID = 48
MOST_PEOPLE = 40

COVERED_BY: Mapping[str, tuple[str, ...]] = {
    "SML": ("COM", "CSM", "REP"),
    "REP": ("CSM", "SML"),
    "CSM": ("SML", "REP"),
    "COM": ("SPK", "EXE"),
    "SPK": ("COM", "EXE"),
    "EXE": ("COM", "SPK"),
    "FUN": ("EXE", "COM"),
}
"""Whose hat somebody else wears where a small company has nobody for it, the likeliest first. Not the lawyer's."""
DECIDES = ("EXE", "COM", "SPK", "CSM", "SML")
WRITES = ("REP", "CSM", "SML", "COM", "SPK")


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody of the company, with the hats they wear."""

    id: str
    name: str
    role: str
    also: tuple[str, ...]
    """Further roles, since nobody else has them."""
    deputy: str
    """The next in the list; '' for the last."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What fills a skeleton. Not every kind of file asks for all of it."""

    name: str
    brand: str = ""
    channels: tuple[str, ...] = ()
    people: tuple[Someone, ...] = ()
    scenario: str = ""
    plan: str = ""
    """Ids of the files that a drill joins; '' for no plan."""

    @property
    def id(self) -> str:
        """The name as an id."""
        return slug(self.name)

    @property
    def decides(self) -> Someone:
        """Who has the last word."""
        return _first(self.people, DECIDES, self.people[0])

    @property
    def writes(self) -> Someone:
        """Who sits at the desk: somebody else, where there is anybody else."""
        others = tuple(one for one in self.people if one != self.decides) or self.people
        return _first(others, WRITES, others[-1])


def slug(text: str, otherwise: str = "untitled") -> str:
    """The text as an id: ASCII letters, digits and hyphens. Letters of other scripts are spelt by their Unicode names
    (`Кафе` is `kaefie`); a text without letters and digits gives `otherwise`."""
    words = "".join(_spelt(letter) for letter in unicodedata.normalize("NFC", text))
    return re.sub(r"-+", "-", words).strip("-")[:LONGEST_ID].strip("-") or otherwise


def _spelt(letter: str) -> str:
    if letter in "'’":
        return ""
    if letter.isascii():
        return letter.lower() if letter.isalnum() else "-"
    if unicodedata.category(letter)[0] not in "LN":
        return "" if unicodedata.combining(letter) else "-"
    name = unicodedata.name(letter, "").partition(" WITH ")[0]
    return re.sub(r"[^a-z0-9]", "", re.split(r"[ -]", name)[-1].lower())


def name_of(text: str, what: str, longest: int = LONGEST_NAME) -> str:
    """The text as a name on one line. Raises DrillError for an empty one, and for more than `longest` characters."""
    name = " ".join(clean(text, multiline=False).split())
    if not name:
        raise DrillError(f"{what} is empty", remedy="give at least one letter")
    if len(name) > longest:
        raise DrillError(f"{what} has {len(name)} characters", remedy=f"it may have {longest}, so give a shorter one")
    return name


def channels(text: str, *, public: bool) -> tuple[str, ...]:
    """The channels of a list such as `flit, plaza`. Raises DrillError for one that is not known, and, if the `public`
    must have somewhere to post, where it has not."""
    given = tuple(
        dict.fromkeys(word.strip().lower() for word in clean(text, multiline=False).split(",") if word.strip())
    )
    if not given:
        raise DrillError("no channel is given", remedy=f"take some of {', '.join(KNOWN)}")
    for one in given:
        if one not in KNOWN:
            raise DrillError(
                f"there is no channel {one!r}{suggest(one, tuple(KNOWN))}",
                remedy=f"take some of {', '.join(KNOWN)}; your own can be written into the file",
            )
    if public and not open_to_all(given):
        raise DrillError(
            f"nobody of the public can post on {', '.join(given)}", remedy="add one where people post, such as flit"
        )
    return given


def open_to_all(ids: Collection[str]) -> tuple[str, ...]:
    """Those channels on which the public posts."""
    return tuple(one for one in ids if KNOWN[one].get("visitor_posts", True) and KNOWN[one].get("share", 1) > 0)


def people(text: str) -> tuple[Someone, ...]:
    """The people of a list such as `Ada Strand EXE, Jonas Lyng SML`. Roles that nobody has fall to somebody else, and
    each is stood in for by the next. Raises DrillError where a name or a role is missing or not known."""
    named = [_person(part) for part in clean(text, multiline=False).split(",") if part.strip()]
    if not named:
        raise DrillError("nobody is given", remedy="give names and roles, as in 'Ada Strand EXE, Jonas Lyng SML'")
    if len(named) > MOST_PEOPLE:
        raise DrillError(f"{len(named)} people are given", remedy=f"begin with {MOST_PEOPLE} and write in the others")
    ids = _distinct([slug(name, role.lower()) for name, role in named])
    hats: dict[str, list[str]] = {id_: [] for id_ in ids}
    roles = [role for _, role in named]
    for hat, others in COVERED_BY.items():
        if hat not in roles:
            wearer = next((roles.index(role) for role in others if role in roles), 0)
            hats[ids[wearer]].append("FUN/operations" if hat == "FUN" else hat)
    return tuple(
        Someone(id_, name, role, tuple(hats[id_]), deputy)
        for id_, (name, role), deputy in zip(ids, named, [*ids[1:], ""], strict=True)
    )


def _person(text: str) -> tuple[str, str]:
    name, _, role = " ".join(text.split()).rpartition(" ")
    known = get_args(PersonRole)
    if role.upper() not in known or not name:
        wanted = f"{text.strip()!r}: expected a name and a role, as in 'Ada Strand EXE'"
        meanings = ", ".join(f"{one} ({ROLES[one]})" for one in known)
        raise DrillError(f"{wanted}{suggest(role.upper(), known) if name else ''}", remedy=f"the roles are {meanings}")
    return name_of(name, "a person's name"), role.upper()


def _distinct(ids: Sequence[str]) -> list[str]:
    """The same ids, with a number behind one that is taken or that means something else in a plan."""
    taken = {"cabinet", "vault"}
    found: list[str] = []
    for id_ in ids:
        number, free = 2, id_
        while free in taken:
            free, number = f"{id_}-{number}", number + 1
        taken.add(free)
        found.append(free)
    return found


def _first(among: Sequence[Someone], roles: Sequence[str], otherwise: Someone) -> Someone:
    ranked = [one for role in roles for one in among if one.role == role]
    return ranked[0] if ranked else otherwise
