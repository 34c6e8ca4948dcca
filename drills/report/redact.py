"""A report without names: people become roles or numbers, the same in every form and everywhere in a file.

Rules
1. Whom the plan names becomes their role ("head of communications"), numbered where a role has several people. Whom
   the scenario or the crowd names becomes "Person 3", by the order in which they appear; their handle "@person3".
2. A name all in capitals counts too. A given or family name alone counts, with its capital, where it is one of the
   plan's, of the cast, of somebody who was answered, of whoever signed a text, or of an evaluator. It is better to take
   a word too many.
3. Every other `@handle` but our own becomes a person; telephone numbers and mail addresses go.
4. Companies, authorities, channels and products stay: whoever may not know them may not read the report at all.
What it cannot see: people whom somebody describes without a name, and names in small letters. A proposed change of
the plan is changed too, and no longer applies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drills.report.mapped import mapped, texts_of
from drills.report.model import Report
from drills.run import Run
from drills.tone.pack import load
from drills.tone.signature import find
from scenarios.handles import handle_of
from scenarios.terms import ROLES

PHONE, MAIL = "[number]", "[address]"
_HANDLE = re.compile(r"(?<![\w@/.])@\w[\w.-]{0,60}")
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(
    r"\bext[-. ]?\d{2,6}\b|(?<![\w.:+/-])\+?(?:\(\d{1,4}\) ?)?\d(?:[ ./()-]{0,2}\d){6,14}(?![\w:-])", re.IGNORECASE
)
_DAY = re.compile(r"(\b\d{4}-\d\d-\d\d)")
_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3
"""Letters of a name that is looked for on its own."""
_NO_NAMES = frozenset(
    ("prof", "mrs", "the", "and", "desk", "office", "officer", "head", "duty", "chief", "chemist", "manager", "lead",
     "team", "nurse")
)  # fmt: skip
"""Parts of a name that are none."""
_ORGANISATIONS = ("authority", "competitor", "partner")
"""Members of a scenario's cast who are no people."""


def redacted(report: Report, run: Run) -> Report:
    """The report with its people taken out. The same report always comes out the same."""
    return mapped(report, Names(report, run).without)


class Names:
    """Whom a report names, and what stands for them."""

    def __init__(self, report: Report, run: Run) -> None:
        texts = list(texts_of(report))
        whole = "\n".join(texts)
        self._ours = {channel.handle.casefold() for channel in run.drill.scenario.channels if channel.handle}
        self._ours.add(handle_of("", run.drill.scenario.brand.name).casefold())
        members = [(one, handle_of(one.handle, one.name)) for one in run.drill.scenario.cast]
        self._ours.update(handle.casefold() for one, handle in members if one.voice in _ORGANISATIONS)
        self._stands: dict[str, str] = {}
        """A name or handle to what stands for it; handles in small letters."""
        self._people = 0
        self._staff(run)
        cast = [(one.name, handle) for one, handle in members if one.voice not in _ORGANISATIONS]
        self._known(sorted(cast, key=lambda pair: _first(whole, *pair)), alone=True)
        signed = [text.signed_by for text in report.texts] + [_signature(text.text, run) for text in report.texts]
        self._known([(name, "") for name in (*signed, *report.cover.evaluators)], alone=True)
        self._crowd(run, whole)
        names = sorted((name for name in self._stands if not name.startswith("@")), key=lambda name: (-len(name), name))
        # An underline joins names in files and handles; for a regex it is a letter.
        any_of = "|".join(map(re.escape, names))
        self._names = re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])") if names else None

    def without(self, text: str) -> str:
        """A text with everybody taken out."""
        text = "".join(part if _DAY.fullmatch(part) else _PHONE.sub(PHONE, part) for part in _DAY.split(text))
        text = _MAIL.sub(MAIL, text)
        text = _HANDLE.sub(lambda found: self._handle(found[0]), text)
        return text if self._names is None else self._names.sub(lambda found: self._stands[found[0]], text)

    # -- who there is ----------------------------------------------------------------------------------------

    def _staff(self, run: Run) -> None:
        plan = run.drill.plan
        if plan is None:
            return
        many: dict[str, int] = {}
        for person in plan.people:
            many[person.role] = many.get(person.role, 0) + 1
        seen: dict[str, int] = {}
        for person in plan.people:
            seen[person.role] = seen.get(person.role, 0) + 1
            role = f"the function {person.dept.replace('_', ' ')}" if person.role == "FUN" else ROLES[person.role]
            stands = f"{role} {seen[person.role]}" if many[person.role] > 1 else role
            self._add(person.name, "", stands, alone=True)
            parts = {part.casefold() for part in _PARTS.findall(person.name)}
            if parts & set(person.id.split("-")):
                self._stands.setdefault(person.id, stands.replace(" ", "-"))
        for partner in plan.partners:
            if partner.contact:
                self._add(partner.contact, "", "the partner's contact", alone=True)

    def _known(self, people: Iterable[tuple[str, str]], *, alone: bool) -> None:
        for name, handle in people:
            if name and (name not in self._stands or handle.casefold() not in self._stands):
                stands = self._stands.get(name) or self._of_a_part(name) or self._next()
                self._add(name, handle, stands, alone=alone)

    def _of_a_part(self, name: str) -> str:
        """What stands for somebody whom another form of the name has already named."""
        known = [self._stands[part] for part in _PARTS.findall(name) if part in self._stands]
        return known[0] if known else ""

    def _crowd(self, run: Run, whole: str) -> None:
        """Those of the crowd whose names or handles stand in the report."""
        desk = run.desk
        answered = {
            key
            for action in run.actions()
            if action.do in ("reply", "message")
            for key in (action.target, *action.also)
        }
        found: dict[tuple[str, str], bool] = {}
        for key, view in desk.posts.items():
            if not view.ours and (view.author in whole or view.handle in whole):
                pair = (view.author, view.handle)
                found[pair] = found.get(pair, False) or key in answered
        for pair in sorted(found, key=lambda pair: (_first(whole, *pair), pair)):
            self._known([pair], alone=found[pair])

    def _next(self) -> str:
        self._people += 1
        return f"Person {self._people}"

    def _add(self, name: str, handle: str, stands: str, *, alone: bool) -> None:
        self._stands.setdefault(name, stands)
        self._stands.setdefault(name.upper(), stands)
        if handle and handle.casefold() not in self._ours:
            self._stands.setdefault(handle.casefold(), f"@{stands.casefold().replace(' ', '')}")
        for part in _PARTS.findall(name) if alone else ():
            if len(part) >= _SHORTEST and part[0].isupper() and part.casefold() not in _NO_NAMES:
                self._stands.setdefault(part, stands)

    def _handle(self, handle: str) -> str:
        name = handle.rstrip(".-")
        rest = handle[len(name) :]
        if name.casefold() in self._ours:
            return handle
        if name.casefold() not in self._stands:
            self._stands[name.casefold()] = f"@{self._next().casefold().replace(' ', '')}"
        return self._stands[name.casefold()] + rest


def _signature(text: str, run: Run) -> str:
    """The name that signs a text, or ''."""
    return find(text, load("en"), (run.drill.scenario.brand.name,)).name


def _first(whole: str, *names: str) -> int:
    """Where somebody first appears; the end for nowhere."""
    places = [at for name in names if name and (at := whole.find(name)) >= 0]
    return min(places, default=len(whole))
