"""The manner of a whole text, which no phrase shows: what a statement leaves out, an answer that gives nothing, what
the person told taken up, words that are too long.
"""

from __future__ import annotations

from collections.abc import Iterator

from drills.tone.seen import WORD, Marked, Seen, meets, without_links, words

_TOLD = {
    "known": frozenset(("apology.explains", "ack.names-it", "own.did-wrong", "own.wrong")),
    "unknown": frozenset(("action.known-unknown",)),
    "doing": frozenset(("action.doing", "action.done", "action.finding-out", "action.instructs")),
}
"""What a statement tells besides what comes next (CERC), and the rules that show it."""
_GIVES = frozenset(
    ("sincere_apology", "ownership", "concrete_action", "empathy", "thanks", "private_channel", "non_apology")
)
"""Dimensions on which a text gives something to whoever complains."""
LONG_LETTERS = 7
LONG_PERCENT = 40
"""Words of so many letters and more, in per cent of all: from here on a text is hard reading (LIX)."""


def find(seen: Seen) -> Iterator[Marked]:
    """Every mark of manner that applies."""
    for finder in (complete, concedes_nothing, echoes, long_words):
        yield from finder(seen)


def complete(seen: Seen) -> Iterator[Marked]:
    """A statement that tells what is known, what is not, what is being done and when more follows."""
    if not seen.at.statement:
        return
    told = {part for part, rules in _TOLD.items() if any(hit.rule.id in rules for hit in seen.hits)}
    if seen.timed:
        told.add("next")
    if len(told) >= 3:
        yield seen.mark("action.complete", *seen.text.line(0), share=100 if len(told) == 4 else 60)


def concedes_nothing(seen: Seen) -> Iterator[Marked]:
    """A public reply to a complaint with no regret, no step, no feeling and no way on in it."""
    at = seen.at
    if at.statement or at.private or at.need not in ("complaint", "harm") or at.wants in ("fun", "troll"):
        return
    if at.cluster == "victim" or len(WORD.findall(seen.text.plain)) < 6 or seen.timed:
        return
    if any(hit.rule.weight > 0 and hit.rule.dimension in _GIVES for hit in seen.hits):
        return
    if any(hit.rule.act == "denial_with_evidence" or hit.rule.id == "own.you-are-right" for hit in seen.hits):
        return
    yield seen.mark("def.concedes-nothing", *seen.text.line(0))


def echoes(seen: Seen) -> Iterator[Marked]:
    """What the person told, taken up by somebody who is sorry for it or answers for it, and defends nothing."""
    if seen.at.need not in ("complaint", "harm") or seen.at.statement:
        return
    parts = {hit.rule.part for hit in seen.hits}
    if not parts & {"regret", "responsibility"} or any(
        hit.rule.dimension in ("defensiveness", "non_apology", "unprofessional") for hit in seen.hits
    ):
        return
    common = seen.pack.words["neutral"] | seen.pack.words["chance"]
    shared = [
        (start, end)
        for word, start, end in words(seen.text, seen.pack)
        if meets(word, seen.at.post_words) and not word.isdigit() and seen.text.plain[start:end] not in common
    ]
    if len(shared) >= 2:
        yield seen.mark("empathy.echoes", *shared[0])


def long_words(seen: Seen) -> Iterator[Marked]:
    """Many long words in English; other languages are made of longer ones."""
    if seen.pack.language != "en":
        return
    spoken = WORD.findall(without_links(seen.text.plain))
    long = sum(len(word) >= LONG_LETTERS for word in spoken)
    if len(spoken) >= 16 and 100 * long >= LONG_PERCENT * len(spoken):
        yield seen.mark("jargon.long-words", *seen.text.line(0))
