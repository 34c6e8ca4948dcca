"""The heads of the semantic layer: how they are trained and what they are worth.

`python -m tests.validation.train_heads` prints every figure; `--write` also writes drills/tone/heads.npz. It needs the
extra `semantic`. A head is a ridge regression of a label on the encoder's vector of the message alone. It is trained
on the labelled messages of tests/data only: they are the project's own.

Every figure is on contexts that the head has not seen: each context in turn is left out and judged by heads trained
on the others, or a whole file by heads trained on others. The rules were written with tone_dev and tone_fresh at hand:
there their column is no test of them. A figure is agreement with our rubric.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any

from drills.tone import Context, read, semantic
from engine.reading import PPM
from tests.validation import judging
from tests.validation.judging import Message

np = semantic.numpy()
SETS = ("tone_dev", "tone_fresh")
"""What the heads are trained on."""
UNSEEN = "tone_unseen"
"""What neither they nor, when it was written, the rules had seen."""
OUT = Path(semantic.__file__).with_name("heads.npz")


class Corpus:
    """Labelled messages, their vectors, and what the rules read in them."""

    def __init__(self, messages: Sequence[Message], encoder: semantic.Encoder) -> None:
        self.messages = tuple(messages)
        self.contexts = np.array([message["context_id"] for message in messages])
        self.vectors = encoder.encode([message["message"] for message in messages])
        self.posts = encoder.encode([message["post"] for message in messages])
        self._verdicts = judging.verdicts(messages)

    def labels(self, head: str) -> Any:
        """What a head is to learn, 0 to 1, or NaN."""
        if head == "overall":
            return np.array([message["overall"] / 4 for message in self.messages])
        given = [message["labels"][head] for message in self.messages]
        return np.array([np.nan if label is None else label / 2 for label in given])

    def positive(self, head: str) -> Any:
        """Whether the label counts as positive."""
        return self.labels(head) >= judging.POSITIVE.get(head, 1) / 2

    def rules(self, head: str) -> list[float]:
        """What the rules say."""
        if head == "overall":
            return [verdict["overall"] for verdict in self._verdicts]
        return [verdict["dimensions"][head] or 0.0 for verdict in self._verdicts]

    def without_its_context(self, head: str) -> Any:
        """Each message judged by a head that has seen the other contexts only."""
        found = np.zeros(len(self.messages))
        for context in sorted(set(self.contexts)):
            out = self.contexts == context
            weights, bias = ridge(self.vectors[~out], self.labels(head)[~out])
            found[out] = self.vectors[out] @ weights + bias
        return found

    def area(self, head: str, values: Sequence[float]) -> float:
        """The AUC of a dimension, or the rank correlation of the overall quality; NaN where there are too few."""
        if head == "overall":
            return judging.spearman(list(values), list(self.labels(head)))
        known, positive = ~np.isnan(self.labels(head)), self.positive(head)
        values = np.array(values)
        sides = values[known & positive].tolist(), values[known & ~positive].tolist()
        return judging.auc(*sides) if min(map(len, sides)) >= judging.LEAST else float("nan")

    def pairs(self, values: Sequence[float]) -> judging.Pairs:
        """In how many pairs the better message stands higher."""
        scores = [{"id": m["id"], "overall": value} for m, value in zip(self.messages, values, strict=True)]
        return judging.pairs(self.messages, scores)


def ridge(vectors: Any, labels: Any) -> tuple[Any, float]:
    """Weights and bias of a ridge regression, solved in as many unknowns as there are messages."""
    known = ~np.isnan(labels)
    vectors, labels = vectors[known].astype(float), labels[known]
    middle, level = vectors.mean(0), labels.mean()
    near = vectors - middle
    penalty = semantic.numbers()["training"]["ridge"] * np.eye(len(near))
    weights = near.T @ np.linalg.solve(near @ near.T + penalty, labels - level)
    return weights, float(level - middle @ weights)


def line(values: Any, positive: Any) -> float:
    """The lowest value from which on nearly all are rightly positive, or NaN."""
    wanted = semantic.numbers()["training"]
    order = np.argsort(-values, kind="stable")
    right = np.cumsum(positive[order])
    fit = [n for n in range(wanted["least_hits"], len(order) + 1) if right[n - 1] >= wanted["precision"] * n]
    return float(values[order[fit[-1] - 1]]) if fit else float("nan")


def moved(learnt: Corpus, judged: Corpus) -> dict[str, Any]:
    """What heads trained on one corpus say of another."""
    fitted = {head: ridge(learnt.vectors, learnt.labels(head)) for head in semantic.HEADS}
    return {head: judged.vectors @ weights + bias for head, (weights, bias) in fitted.items()}


def both(rules: Sequence[float], values: Sequence[float]) -> list[float]:
    """The mean rank of two judges."""
    return [(a + b) / 2 for a, b in zip(judging.ranks(rules), judging.ranks(list(values)), strict=True)]


def train(corpus: Corpus, encoder: semantic.Encoder) -> dict[str, Any]:
    """What heads.npz holds."""
    fitted = [ridge(corpus.vectors, corpus.labels(head)) for head in semantic.HEADS]
    lines = [line(corpus.without_its_context(head), corpus.positive(head)) for head in semantic.HEADS[:-1]]
    return {
        "names": np.array(semantic.HEADS),
        "weights": np.array([weights for weights, _ in fitted], np.float32),
        "bias": np.array([bias for _, bias in fitted], np.float32),
        "lines": np.array([*lines, np.nan], np.float32),
        "golden": np.array(encoder.encode([semantic.numbers()["encoder"]["golden"]])[0], np.float32),
    }


# -- figures -----------------------------------------------------------------------------------------------------


def table(title: str, corpus: Corpus, found: dict[str, Any]) -> None:
    """Rules, semantic layer, and the mean of their ranks, a line a dimension."""
    print(f"\n{title}\n  {'AUC (overall: rho)':<26}{'rules':>8}{'semantic':>10}{'mean rank':>11}")
    for head in semantic.HEADS:
        three = (corpus.rules(head), found[head], both(corpus.rules(head), found[head]))
        a, b, c = (corpus.area(head, values) for values in three)
        if a == a:
            print(f"  {head:<26}{a:8.3f}{b:10.3f}{c:11.3f}")
    overall = corpus.rules("overall"), found["overall"], both(corpus.rules("overall"), found["overall"])
    chosen = [corpus.pairs(values) for values in overall]
    print(f"  {'better of a pair':<26}" + "  ".join(f"{one.right:>3} of {one.of}" for one in chosen))


def advice(corpus: Corpus, found: dict[str, Any]) -> None:
    """How often a head that speaks is right, where the rules saw the same and where they did not."""
    figures = semantic.numbers()
    clean = ~np.any([np.array(corpus.rules(head)) >= figures["rules_saw"] / PPM for head in semantic.FAULTY], axis=0)
    print("\nA head that speaks, on unseen contexts: right of said, where the rules saw it too and where they did not")
    print("(where a head may speak alone: in texts in which the rules saw no fault)")
    for head in figures["reads_like"]:
        speaks = found[head] >= line(found[head], corpus.positive(head))
        saw = np.array(corpus.rules(head)) >= figures["rules_saw"] / PPM
        lone = head in figures["alone"]
        told = [corpus.positive(head)[speaks & seen] for seen in (saw, ~saw & clean if lone else ~saw)]
        counts = "   ".join(f"{side.sum():3} of {len(side):<3}" for side in told)
        print(f"  {head:<26}{counts}{'' if lone else '   (the second is not said)'}")


def relevance(corpus: Corpus) -> None:
    """Right and wrong posts, by cosine, and the sentence that is made of it."""
    own = [at for at, m in enumerate(corpus.messages) if m["channel"] != "statement" and not m["post"].startswith("(")]
    cosines = corpus.vectors @ corpus.posts.T
    strange = [(i, j) for i in own for j in own if corpus.contexts[i] != corpus.contexts[j]]
    right, wrong = [float(cosines[i, i]) for i in own], [float(cosines[i, j]) for i, j in strange]
    print(f"\nRelevance: AUC of right against wrong post {judging.auc(right, wrong):.3f}")

    def said(i: int, j: int) -> bool:
        near = float(cosines[i, j]) < semantic.numbers()["relevance"]["cosine"]
        return near and semantic.strays(corpus.messages[i]["message"], corpus.messages[j]["post"], "en")

    alarms = [corpus.messages[i] for i in own if said(i, i)]
    good = [message for message in alarms if message["overall"] >= 3]
    print(f'  "may not answer this post": under the wrong post {mean(said(i, j) for i, j in strange):.0%}, under the')
    print(f"  right one {len(alarms)} of {len(own)}; {len(good)} of these are good answers: {[m['id'] for m in good]}")


def languages(adviser: semantic.Adviser) -> None:
    """Pairs in other languages, by heads that have seen English only."""
    lines = (judging.DATA / "tone_languages.jsonl").read_text("utf-8").splitlines()
    pairs: dict[str, dict[str, dict[bool, float]]] = {}
    for message in map(json.loads, lines):
        reading = read(message["message"], Context(lang=message["lang"], post=message["post"]))
        told = adviser.advise(message["message"], message["post"], reading)
        if told is not None and isinstance(message.get("better"), bool):
            pairs.setdefault(message["lang"], {}).setdefault(message["pair_id"], {})[message["better"]] = told.overall
    print("\nOther languages: better of a pair by the semantic layer alone")
    for language, found in sorted(pairs.items()):
        whole = [one for one in found.values() if len(one) == 2]
        print(f"  {language}  {sum(one[True] > one[False] for one in whole)} of {len(whole)}")


def milliseconds(adviser: semantic.Adviser, messages: Sequence[Message]) -> list[float]:
    """Processor time of rules, encoder and evidence together, of each message once."""
    took: list[float] = []
    for number, message in enumerate(messages):
        began = process_time()
        text = f"{message['message']} {number}"
        adviser.advise(text, message["post"], read(text, Context(post=message["post"])))
        took.append((process_time() - began) * 1000)
    return sorted(took)


def main(arguments: list[str]) -> None:
    """Print the figures; with --write, write the heads."""
    parser = ArgumentParser(prog="python -m tests.validation.train_heads", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    given = parser.parse_args(arguments)
    encoder = semantic.load_encoder()
    dev, fresh = (Corpus(judging.messages(name), encoder) for name in SETS)
    corpus = Corpus([*dev.messages, *fresh.messages], encoder)
    print("Agreement with our rubric, on contexts that the heads have not seen.")
    table("tone_dev, each context left out in turn", dev, {h: dev.without_its_context(h) for h in semantic.HEADS})
    table("tone_fresh, heads trained on tone_dev", fresh, moved(dev, fresh))
    unseen = Corpus(judging.messages(UNSEEN), encoder)
    table(f"{UNSEEN}, the heads as they are", unseen, moved(corpus, unseen))
    found = {head: corpus.without_its_context(head) for head in semantic.HEADS}
    table("both, each context left out in turn", corpus, found)
    advice(corpus, found)
    relevance(corpus)
    heads = train(corpus, encoder)
    if given.write:
        np.savez_compressed(OUT, **heads)
        print(f"\n{OUT.name}: {OUT.stat().st_size:,} bytes")
    adviser = semantic.Adviser(semantic.Heads(encoder, heads))
    languages(adviser)
    for what, statement in (("reply", False), ("statement", True)):
        took = milliseconds(adviser, [m for m in corpus.messages if (m["channel"] == "statement") == statement])
        print(f"{what}: rules, encoder and evidence, processor ms  p50 {judging.quantile(took, 0.5):.1f}  "
              f"p95 {judging.quantile(took, 0.95):.1f}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
