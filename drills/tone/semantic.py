"""The semantic layer: a second reader that looks at meaning, and only advises.

Rules
1. It comes with the extra `semantic` and is absent without fuss. Nothing here imports it, or numpy, before `load`.
2. It changes no `Reading` and no score: it is given a reading and says something beside it.
3. It raises no red flag. It says "reads like ...", and nearly always only where the rules saw the same.
4. What it loads is what it was made with: other weights, or another answer to a known sentence, and it stays away.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from drills.tone.context import content_words
from drills.tone.pack import load as load_pack
from drills.tone.rules import FAULTS
from drills.tone.text import make
from engine.reading import DIMENSIONS, Reading
from scenarios.packaged import packaged

LABEL = "semantic, advice only"
NOT_INSTALLED = "The semantic layer is not installed (pip install 'stormdrill[semantic]'); rules alone read this."
HEADS = (*(name for name in DIMENSIONS if name not in ("language_match", "sameness")), "overall")
"""What has a head: every dimension of meaning, and the quality of the whole."""
FAULTY = tuple(name for name in HEADS if name in FAULTS)

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())
_WORD = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"\s*\([^()]*\)[^?]*")
"""A post that only remarks what is being written: `(statement) Update at hour six`."""


class Encoder(Protocol):
    """Texts to vectors of length 1, one a row."""

    def encode(self, texts: Sequence[str], /) -> Any: ...


class Absent(Exception):  # noqa: N818  not an error: it is not here
    """The layer can't be used; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One thing that a text reads like."""

    dimension: str
    value: float
    """0 to 1."""
    start: int
    end: int
    """The sentence that carries it: the one whose absence lowers the value most. Empty where none does."""
    agreed: bool
    """The rules saw it too."""

    @property
    def fault(self) -> bool:
        return self.dimension in FAULTS


@dataclass(frozen=True, slots=True)
class Advice:
    """What the second reader says about one text. Gravest first."""

    text: str
    values: Mapping[str, float]
    """Of every dimension that has a head, 0 to 1; also of those that the rules can't judge in this language."""
    overall: float
    cosine: float | None
    """How near the text is to the post it answers, -1 to 1; None where it answers none."""
    strays: bool
    """It may not answer that post."""
    likely: tuple[Likeness, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The advice in words, each line marked as advice."""
        said = [f"may not answer this post ({LABEL})"] if self.strays else []
        for one in self.likely:
            words = " ".join(self.text[one.start : one.end].split())
            quoted = f": “{words}”" if words else ""
            said.append(f"reads like {numbers()['reads_like'][one.dimension]} ({LABEL}){quoted}")
        return tuple(said)

    def as_data(self) -> dict[str, Any]:
        """As `tone --jsonl --semantic` gives it."""
        return {
            "overall": round(self.overall, 3),
            "dimensions": {name: round(value, 3) for name, value in self.values.items()},
            "cosine": None if self.cosine is None else round(self.cosine, 3),
            "strays": self.strays,
            "evidence": [
                {"dimension": one.dimension, "span": [one.start, one.end], "agreed": one.agreed} for one in self.likely
            ],
        }


@cache
def numbers() -> Mapping[str, Any]:
    """The figures of semantic.yaml."""
    loaded: Mapping[str, Any] = packaged("drills.tone", "semantic.yaml")
    return loaded


def installed() -> bool:
    """Whether the extra is there, without loading it."""
    try:
        return find_spec(numbers()["encoder"]["module"]) is not None
    except (ImportError, ValueError):
        return False


class Reader(Protocol):
    """Texts to values."""

    @property
    def lines(self) -> Mapping[str, float]:
        """From which value on each head speaks, or NaN, in the order of the values."""

    def read(self, texts: Sequence[str], post: str, /) -> tuple[Sequence[Sequence[float]], float | None]:
        """The values of each text, and how near the first is to the post (None for none), -1 to 1."""


class Heads:
    """The encoder with its heads: `names`, `weights` (a row a name), `bias` and `lines`."""

    def __init__(self, encoder: Encoder, heads: Mapping[str, Any]) -> None:
        self._encoder = encoder
        self._weights, self._bias = heads["weights"], heads["bias"]
        self.lines = {str(name): float(line) for name, line in zip(heads["names"], heads["lines"], strict=True)}

    def read(self, texts: Sequence[str], post: str, /) -> tuple[Sequence[Sequence[float]], float | None]:
        """See `Reader`; all in one batch, which costs a third of one at a time."""
        vectors = self._encoder.encode([*texts, *([post] if post.strip() else [])])
        values: list[list[float]] = (vectors[: len(texts)] @ self._weights.T + self._bias).tolist()
        return values, float(vectors[0] @ vectors[-1]) if post.strip() else None


class Adviser:
    """The second reader. Give it a reading; it keeps nothing."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def advise(self, text: str, post: str, reading: Reading) -> Advice | None:
        """What a text reads like, given what the rules read; None for an empty one or a language it does not know."""
        figures = numbers()
        text = text[: figures["limits"]["characters"]]
        if not text.strip() or reading.language not in figures["encoder"]["languages"]:
            return None
        post = "" if _REMARK.fullmatch(post) else post[: figures["limits"]["characters"]]
        pieces = split(text, figures["limits"]["pieces"])
        without = [text[:start] + text[end:] for start, end in pieces] if len(pieces) > 1 else []
        rows, cosine = self._reader.read([text, *without], post)
        whole = dict(zip(self._reader.lines, rows[0], strict=True))
        clean = not any((reading.dimensions.get(name) or 0) >= figures["rules_saw"] for name in FAULTY)
        likely: list[Likeness] = []
        for at, (name, speaks_from) in enumerate(self._reader.lines.items()):
            if name not in figures["reads_like"] or not whole[name] >= speaks_from:
                continue
            agreed = (reading.dimensions.get(name) or 0) >= figures["rules_saw"]
            if agreed or (clean and name in figures["alone"]):
                drops = [whole[name] - row[at] for row in rows[1:]]
                most = max(drops, default=0.0)
                start, end = pieces[drops.index(most)] if most > 0 else (0, 0)
                likely.append(Likeness(name, clipped(whole[name]), start, end, agreed))
        return Advice(
            text,
            {name: clipped(value) for name, value in whole.items() if name != "overall"},
            clipped(whole["overall"]),
            cosine,
            cosine is not None and cosine < figures["relevance"]["cosine"] and strays(text, post, reading.language),
            tuple(sorted(likely, key=lambda one: (not one.fault, -one.value))),
        )


def clipped(value: float) -> float:
    return max(0.0, min(1.0, value))


def split(text: str, most: int) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end; neighbours go together where there are too many."""
    body = make(text)
    sentences = [body.span(*body.line(number)) for number in range(len(body.lines)) if body.plain]
    sentences = [(start, end) for start, end in sentences if start < end]
    step = -(-len(sentences) // most) if sentences else 1
    groups = [sentences[at : at + step] for at in range(0, len(sentences), step)]
    return [(group[0][0], group[-1][1]) for group in groups]


def strays(text: str, post: str, language: str) -> bool:
    """Whether a text of some length shares no word of content with a post, and is no plain answer to a question."""
    if len(_WORD.findall(text)) < numbers()["relevance"]["words"]:
        return False
    pack = load_pack(language)
    ours, theirs = make(text).plain, make(post).plain
    if "?" in post and pack.patterns["answers"].search(ours):
        return False
    return not content_words(ours, pack) & content_words(theirs, pack)


# -- loading -----------------------------------------------------------------------------------------------------


def load() -> Adviser:
    """Load and verify; about a second and 150 MB. Raises Absent, and logs it where something is there but wrong."""
    if not installed():
        raise Absent(NOT_INSTALLED)
    try:
        heads = read_heads()
        encoder = load_encoder()
        near = float(encoder.encode([numbers()["encoder"]["golden"]])[0] @ heads["golden"])
        if not near >= numbers()["encoder"]["least_agreement"]:
            raise Absent(f"The semantic layer answers a known sentence wrongly ({near:.3f}); rules alone read this.")
        return Adviser(Heads(encoder, heads))
    except Absent as absent:
        _LOG.warning("%s", absent)
        raise
    except Exception as error:
        # Whatever a package of somebody else does, advice is not worth a drill.
        _LOG.warning("the semantic layer could not be loaded", exc_info=True)
        raise Absent("The semantic layer could not be loaded; rules alone read this.") from error


def load_encoder() -> Encoder:
    """The encoder, its files verified. Raises Absent where they are others."""
    numpy()
    package = import_module(numbers()["encoder"]["module"])
    folder = Path(str(package.__file__)).parent
    for name, digest in numbers()["encoder"]["files"].items():
        if sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise Absent(f"The semantic layer's {Path(name).name} is not what was measured; rules alone read this.")
    encoder: Encoder = package.USE(threads=1)
    return encoder


def numpy() -> Any:
    """numpy, told to use one thread: several are no faster for a sentence, and on a busy machine 20 times slower."""
    if "numpy" not in sys.modules:
        for name in ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
            os.environ.setdefault(name, "1")  # looked at when numpy is first imported, never again
    return import_module("numpy")


def read_heads() -> dict[str, Any]:
    """The arrays of heads.npz."""
    with files("drills.tone").joinpath("heads.npz").open("rb") as stream, numpy().load(stream) as stored:
        return {name: stored[name] for name in stored.files}
