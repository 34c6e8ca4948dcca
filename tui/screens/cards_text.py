"""What a card exercise says: the card, the answers, what each was worth, and what the whole sitting came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from drills.practice.dealing import Dealt, Told
from drills.practice.model import Choice
from drills.practice.skills import Skill
from scenarios.days import show_day
from tui.safe import content, line
from tui.screens.cards_table import CardTable, Ended
from tui.widgets.foot import Name
from tui.widgets.prose import EMPTY, Lines, hang, heading, joined, spread, styled, wrapped

WIDEST = 92
"""Cells; a longer line is hard to read."""
_KINDS = {"post": "A post", "mail": "A mail", "draft": "A draft, not out yet", "situation": "What is going on"}


def head(table: CardTable, width: int, *, told: bool = False) -> Content:
    """The exercise, and how far one is: a mark for each card. `told`: the last one answered is still on the table."""
    file = table.hand.file
    marks: list[tuple[str, str]] = [("✓", "bold $success") if told.right else ("✗", "bold $warning")
                                    for _, told in table.told]  # fmt: skip
    left = len(table.hand.cards) - len(marks)
    if left:
        marks += [("·" if told else "●", "$muted" if told else "bold $primary"), ("·" * (left - 1), "$muted")]
    number = len(table.answers) + (not told)
    where = f"card {number} of {len(table.hand.cards)}  " if left or told else ""
    right = Content.assemble((where, "$muted"), *marks, " ")
    step = f" {file.ladder} " if file.ladder else " "
    return spread(
        Content.assemble((" EXERCISE ", "bold reverse"), " ", (step, "$muted"), (line(file.title), "bold")),
        right,
        width,
    )


def card(dealt: Dealt, width: int) -> Content:
    """What the card lays on the table."""
    shown = dealt.card.shows
    lines: Lines = []
    where = " · ".join(line(part) for part in (shown.who, shown.where) if part)
    top = Content.assemble((_KINDS[shown.kind], "$muted"), ("  " if where else "", ""), (where, "bold"))
    lines += wrapped(top, width)
    lines.append(EMPTY)
    lines += [Content("  ") + row for row in wrapped(content(shown.text), width - 2)]
    if shown.numbers:
        lines.append(EMPTY)
        for name, value in shown.numbers.items():
            lines += hang(styled(f"  {line(name)}: ", "$muted"), content(value), width)
    return joined(lines)


def option(number: int, choice: Choice, width: int, *, here: bool = False) -> Content:
    """One answer, with the number that takes it. `here`: the pointer is on it."""
    text = content(choice.text)
    sign = Content.assemble((f"{'▸' if here else ' '} {number}", "bold $primary"), "  ")
    return joined(hang(sign, text.stylize("bold") if here else text, width))


def foot(phase: str, offered: int, next_: str, *, pointed: bool, long: bool) -> dict[str, Name]:
    """What the keys of the last line do now, by their ids; '' where one does nothing.

    `offered`: how many answers there are to choose from; `next_`: what enter leads to where there are none.
    """
    names: dict[str, Name] = {"leave-cards" if phase == "result" else "cards-again": ""}
    if not long:
        names["card-page-down"] = ""
    if offered:
        move = {"card-down": ("j k", "Move"), "card-number": (f"1 … {offered}", "Choose at once")}
        return names | move | {"next-card": "Choose" if pointed else ""}
    return names | {"card-down": "", "card-number": "", "next-card": next_[:1].upper() + next_[1:]}


def taken(dealt: Dealt, choice: str, width: int) -> Content:
    """What somebody chose, while they are asked why."""
    text = next((one.text for one in dealt.choices if one.id == choice), "")
    return joined(hang(styled("You say: ", "$muted"), content(text), width))


def told(dealt: Dealt, told_: Told, width: int, *, text: str = "", whole: bool = True) -> Content:
    """What the answers to a card were worth. `whole`: the card is done; else its text is still to be written."""
    lines: Lines = []
    rules: list[str] = []
    for options, chosen in ((dealt.choices, told_.choice), (dealt.reasons, told_.reason)):
        if options and chosen is not None:
            lines += _answered(options, chosen, width)
            right = _better(options, chosen)
            rules += [*chosen.rules, *(right.rules if right is not None else ())]
    writes, judged = dealt.card.writes, told_.judged
    if whole and writes is not None and judged is not None:
        lines += [*[EMPTY][: len(lines)], styled("You wrote", "$muted")]
        lines += [Content("  ") + row for row in wrapped(content(text.strip()), width - 2)]
        lines.append(EMPTY)
        if len(text.strip()) > writes.longest:
            lines += hang(styled("✗ ", "bold $warning"), Content("It is too long for where it goes."), width)
        for missed in judged.missed:
            said = content(missed.feedback)
            if missed.end > missed.start:
                said += styled(f"  “{line(text.strip()[missed.start : missed.end], 48)}”", "$muted")
            lines += hang(styled("✗ ", "bold $warning"), said, width)
            rules += missed.mark.rules
        if told_.judged is not None and not judged.missed and len(text.strip()) <= writes.longest:
            lines += hang(styled("✓ ", "bold $success"), Content("That can go out."), width)
        lines += [EMPTY, styled("One that passes", "$muted")]
        lines += [Content("  ") + row for row in wrapped(content(writes.model), width - 2)]
        rules += writes.rules
    return joined([*lines, *_rules(rules, width)])


def _answered(options: tuple[Choice, ...], chosen: Choice, width: int) -> Lines:
    """What was chosen and what that leads to; then what would have been right."""
    sign = styled("✓ ", "bold $success") if chosen.right else styled("✗ ", "bold $warning")
    lines = hang(sign, content(chosen.text).stylize("bold"), width)
    if chosen.safety:
        lines += hang("  ", styled("! Somebody is left in danger.", "bold $error"), width)
    lines += hang("  ", content(chosen.feedback), width)
    right = _better(options, chosen)
    if right is not None:
        lines += hang(styled("→ ", "bold $success"), content(right.text).stylize("bold"), width)
        lines += hang("  ", content(right.feedback), width)
    return lines


def _better(options: tuple[Choice, ...], chosen: Choice) -> Choice | None:
    """What would have been right, where something else was chosen."""
    return None if chosen.right else next((one for one in options if one.right), None)


def _rules(rules: Iterable[str], width: int) -> Lines:
    """The rules behind what was told, each once, after all of it: their codes say nothing to somebody new."""
    found = ", ".join(dict.fromkeys(rules))
    return [EMPTY, *wrapped(styled(f"By rule {found}.", "$muted"), width)] if found else []


def result(table: CardTable, ended: Ended, today: date, width: int) -> Content:
    """Passed or not, why, what to look at again, and when to come back."""
    found = ended.result
    word = (" PASSED ", "bold reverse $success") if found.passed else (" NOT YET ", "bold reverse $warning")
    lines: Lines = [
        Content.assemble(word, f"  {line(table.hand.file.title)}"),
        EMPTY,
        *wrapped(content(found.why), width),
    ]
    lines += [EMPTY, *wrapped(come_back(ended.skill, today), width)]
    again = [(dealt, told_) for dealt, told_ in table.told if dealt.card.id in found.again]
    if again:
        lines += heading("Look at these again" if len(again) > 1 else "Look at this one again")
        for dealt, told_ in again:
            lines += hang(styled("✗ ", "bold $warning"), Content(line(dealt.card.shows.text, 2 * width - 8)), width)
            for options, chosen in ((dealt.choices, told_.choice), (dealt.reasons, told_.reason)):
                right = next((one for one in options if one.right), None)
                if right is not None and (chosen is None or not chosen.right):
                    lines += hang(styled("  → ", "bold $success"), content(right.text), width)
            for missed in told_.judged.missed if told_.judged is not None else ():
                lines += hang(styled("  → ", "bold $success"), content(missed.feedback), width)
    return joined(lines)


def come_back(skill: Skill | None, today: date) -> Content:
    """When this skill is due again."""
    if skill is None or skill.due is None:
        return Content("Saved.")
    if skill.due <= today:
        return Content("Saved. It is still due today: once more does it good.")
    days = (skill.due - today).days
    when = "tomorrow" if days == 1 else f"in {days} days, on {show_day(skill.due, today)}"
    return Content.assemble("Saved. Come back ", (when, "bold"), ": the same skill, other cards or another story.")
