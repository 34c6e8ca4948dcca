"""Templates to files. An answer is data: it reaches a file as a quoted YAML text and as nothing else."""

from __future__ import annotations

import json
from importlib.resources import files

from drills.plan.organisation import HABITS
from drills.skeletons.answers import Answers, Kind, open_to_all
from scenarios.channels import KNOWN
from scenarios.packaged import values

WAYS = {"open": "dm", "follow_needed": "dm", "inbox": "page inbox", "form": "form link", "none": "form link"}
"""How one goes private on a channel, by what its private messages allow."""


def fill(kind: Kind, answers: Answers) -> str:
    """The text of a first file of that kind."""
    from jinja2 import Environment, StrictUndefined  # 60 ms that only this command pays

    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False
    )
    environment.filters.update(quoted=_quoted, word=_word)
    template = environment.from_string(
        files(__name__.rpartition(".")[0]).joinpath(f"{kind}.yaml.j2").read_text("utf-8")
    )
    return template.render(
        answers=answers,
        known={id_: KNOWN[id_] for id_ in answers.channels},
        ways=WAYS,
        origin=next(iter(open_to_all(answers.channels)), ""),
        habits=HABITS,
    )


def _quoted(text: str) -> str:
    """A double-quoted YAML text: what JSON writes, YAML reads."""
    return json.dumps(text, ensure_ascii=False)


def _word(id_: str) -> str:
    """An id as authors write it; quoted where YAML would read a number or a truth value."""
    return id_ if id_[:1].isalpha() and isinstance(values(id_), str) else _quoted(id_)
