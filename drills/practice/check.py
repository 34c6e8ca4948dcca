"""What the types of a card exercise cannot say: names used twice, nothing to answer, a model that does not pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from drills.practice.check_drill import skill_problem
from drills.practice.judging import judge
from drills.practice.ladder import step_of
from drills.practice.model import Card, CardsFile, Choice
from scenarios.source import Problem, Source, suggest

Where = tuple[str | int, ...]


def check_cards(file: Source[CardsFile]) -> list[Problem]:
    """Every problem of a card exercise, in the order of the file."""
    found = _exercise_problems(file)
    for name, index in _twice(card.id for card in file.value.cards):
        found.append(file.problem(("cards", index, "id"), f"there is another card {name!r}"))
    for index, card in enumerate(file.value.cards):
        found += _card_problems(file, index, card)
    return sorted(found)


def _exercise_problems(file: Source[CardsFile]) -> list[Problem]:
    exercise, found = file.value, []
    if wrong := skill_problem(exercise.ladder, exercise.skill):
        at = "skill" if step_of(exercise.ladder) else "ladder"
        found.append(file.problem((at,), wrong))
    drawn = exercise.draws or len(exercise.cards)
    if drawn > len(exercise.cards):
        found.append(file.problem(("draws",), f"{drawn} cards can't be drawn from {len(exercise.cards)}"))
    if exercise.pass_.right is not None and exercise.pass_.right > drawn:
        found.append(file.problem(("pass", "right"), f"{exercise.pass_.right} cards can't be right: {drawn} are drawn"))
    pairs = Counter(card.pair for card in exercise.cards if card.pair is not None)
    for index, card in enumerate(exercise.cards):
        if card.pair is not None and pairs[card.pair] == 1:
            others = [name for name in pairs if name != card.pair]
            message = f"no other card is of the pair {card.pair!r}{suggest(card.pair, others)}"
            found.append(file.problem(("cards", index, "pair"), message))
        elif card.pair is not None and pairs[card.pair] > drawn:
            found.append(file.problem(("cards", index, "pair"), "more look-alikes than are drawn at once"))
    return found


def _card_problems(file: Source[CardsFile], index: int, card: Card) -> list[Problem]:
    at: Where = ("cards", index)
    found = []
    if not card.choices and card.writes is None:
        found.append(file.problem(at, "a card asks something: give it choices, or a text with writes"))
    if card.choices and not card.asks:
        found.append(file.problem((*at, "choices"), "what do the choices answer? give asks", key=True))
    if card.asks and not card.choices:
        found.append(
            file.problem(
                (*at, "asks"), "this is asked of choices, and there are none; writes has its own asks", key=True
            )
        )
    if card.reasons and not card.choices:
        found.append(file.problem((*at, "reasons"), "reasons follow a choice; give choices too", key=True))
    for key, options in (("choices", card.choices), ("reasons", card.reasons)):
        found += _option_problems(file, (*at, key), options)
    if card.writes is not None:
        found += _writing_problems(file, (*at, "writes"), card)
    return found


def _option_problems(file: Source[CardsFile], at: Where, options: tuple[Choice, ...]) -> list[Problem]:
    if not options:
        return []
    found = [
        file.problem((*at, index, "id"), f"there is another {name!r} here")
        for name, index in _twice(option.id for option in options)
    ]
    right = [option for option in options if option.right]
    if not right or len(right) == len(options):
        which = "none" if not right else "every one"
        found.append(
            file.problem(at, f"{which} of these is right; somebody must be able to err and to succeed", key=True)
        )
    for index, option in enumerate(options):
        if option.right and option.safety:
            found.append(file.problem((*at, index, "safety"), "what is right can't be a safety miss"))
    return found


def _writing_problems(file: Source[CardsFile], at: Where, card: Card) -> list[Problem]:
    assert card.writes is not None
    found = []
    for index, mark in enumerate(card.writes.passes):
        if mark.at_least is not None and mark.at_most is not None and mark.at_least > mark.at_most:
            found.append(file.problem((*at, "passes", index), "nothing is at least the one and at most the other"))
    model = card.writes.model
    if len(model) > card.writes.longest:
        message = f"the model has {len(model)} characters, and {card.writes.longest} are allowed (longest)"
        found.append(file.problem((*at, "model"), message))
    missed = judge(card, model).missed
    if missed and not found:
        said = "; ".join(
            f"{one.mark.dimension} is {one.value:.2f}, {_wanted(one.mark.at_least, one.mark.at_most)}" for one in missed
        )
        found.append(file.problem((*at, "model"), f"the model does not pass: {said}"))
    return found


def _wanted(low: float | None, high: float | None) -> str:
    bounds = (("at least", low), ("at most", high))
    return "wanted " + " and ".join(f"{words} {bound:g}" for words, bound in bounds if bound is not None)


def _twice(names: Iterable[str]) -> list[tuple[str, int]]:
    """What is there a second time, and where."""
    seen: set[str] = set()
    found = []
    for index, name in enumerate(names):
        if name in seen:
            found.append((name, index))
        seen.add(name)
    return found
