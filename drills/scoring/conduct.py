"""Conduct: who was answered, what was true, how loud it was, where it was said, what was done (Cd1 to Cd7)."""

from __future__ import annotations

from drills.scoring.card import Evidence, Line
from drills.scoring.coverage import covered
from drills.scoring.first_word import first_word
from drills.scoring.lines import clamp, count, line, mean, percent, weighted
from drills.scoring.proportion import Proportion
from drills.scoring.record import Record
from drills.scoring.spoken import Text, quoted
from drills.scoring.steps import Step, shown_content
from engine.events import Deleted
from engine.reading import Claim
from scenarios.moments import show_moment


def lines(record: Record, loudness: Proportion | None, done: tuple[Step, ...]) -> list[Line]:
    """The lines of Conduct."""
    return [
        covered(record),
        _accuracy(record),
        _proportion(record, loudness),
        _channels(record),
        _steps(record, done),
        _content(record),
        _assessment(record),
    ]


# -- Cd2 ---------------------------------------------------------------------------------------------------------


def _accuracy(record: Record) -> Line:
    rubric = record.rubric
    scores: list[float] = []
    evidence: list[Evidence] = []
    seen: set[tuple[str, str]] = set()
    for text in record.texts:
        for claim in text.reading.claims:
            if (claim.id, claim.verdict) in seen:
                continue
            seen.add((claim.id, claim.verdict))
            worth = rubric[f"accuracy.{claim.verdict}"]
            if worth < 1 and corrected(record, text, claim):
                worth += rubric["accuracy.corrected"] * (1 - worth)
            scores.append(worth)
            if worth < 1:
                what = claim.verdict.replace("_", " ")
                evidence.append(Evidence(text.at_ms, f"{what} ({claim.id}): “{quoted(text.event.text)}”", claim.id))
    claims, wrong = len(scores), len(evidence)
    for text, before in contradictions(record):
        scores.append(rubric["accuracy.false"])
        said = f"takes back what we had said at {show_moment(before.at_ms)}: “{quoted(text.event.text, 90)}”"
        evidence.append(Evidence(text.at_ms, said, text.event.action))
    score = mean(scores)
    if score is None:
        return line(rubric, "Cd2", None, "Not assessed: the texts made no claim that the fact sheet judges.")
    why = f"{count(claims, 'claim')} that can be judged; {wrong} of them untrue, unknown or too early."
    if len(scores) > claims:
        why += f" {count(len(scores) - claims, 'text')} took back what another of us had owned."
    return line(rubric, "Cd2", score, why, evidence, "Say only what the fact sheet marks as sayable.")


def contradictions(record: Record) -> list[tuple[Text, Text]]:
    """Texts that deny or excuse what an earlier public one of ours had owned, each with that one: two voices."""
    owned: Text | None = None
    found: list[tuple[Text, Text]] = []
    for text in record.texts:
        if owned is not None and text.reading.ladder <= _DENIES:
            found.append((text, owned))
        elif owned is None and text.broadcast and text.reading.ladder >= _OWNS:
            owned = text
    return found


_DENIES, _OWNS = 2, 6
"""Rungs of the ladder: up to an excuse, and from owning how it was handled."""


def corrected(record: Record, text: Text, claim: Claim) -> bool:
    """Whether it was taken back soon: taken down openly, or put right in public without saying it again."""
    until = text.at_ms + record.rubric.minutes("accuracy.correct_within")
    for event in record.of(Deleted):
        if event.how == "said" and event.post == text.event.key and event.at_ms <= until:
            return True
    return any(
        text.at_ms < other.at_ms <= until
        and other.public
        and any(said.verdict == "true" for said in other.reading.claims)
        and all(said.id != claim.id for said in other.reading.claims)
        and max(other.does("corrective"), other.does("apology_active"), other.does("explaining")) > 0
        for other in record.texts
    )


# -- Cd3, Cd4 ----------------------------------------------------------------------------------------------------


def _proportion(record: Record, found: Proportion | None) -> Line:
    if found is None:
        return line(record.rubric, "Cd3", None, "Not assessed: nothing was done, and nothing was due yet.")
    evidence = [one.evidence for one in found.over]
    if found.under:
        evidence.append(Evidence(found.under_ms, f"by now {found.under:g} steps too quiet"))
    better = "One personal answer is enough for one complaint." if found.over else "Speak up in time: silence feeds it."
    figures, earned = found.figures, found.tested
    return line(record.rubric, "Cd3", found.score, found.why, evidence, better, figures=figures, earned=earned)


def _channels(record: Record) -> Line:
    rubric, origin = record.rubric, record.origin
    level = min(record.peak, 2)
    parts: list[tuple[float, float | None]] = []
    evidence: list[Evidence] = []
    said: list[str] = []
    first = first_word(record, record.peak, None)
    if first is None and not _overdue(record):
        first = first_word(record, level, None)  # a word to everybody may still come: what was said so far counts
    if first is not None:
        there = origin in first.channels
        parts.append((1, 1.0 if there else rubric["channel.elsewhere"]))
        said.append(
            f"first word {'on ' + origin if there else 'on ' + ', '.join(first.channels) + ', not on ' + origin}"
        )
        evidence.append(first.evidence())
    elif _overdue(record) or (
        record.peak >= 1 and record.end_ms > (record.since(1) or 0) + record.public_times(max(1, level)).target
    ):
        parts.append((1, 0.0))
        said.append("no word to everybody" if first_word(record, level, None) else "no public word at all")
        evidence.append(Evidence(record.since(1) or 0, f"from here a word on {origin} was asked for"))
    affected = _affected(record)
    if affected:
        reached = {channel for text in record.texts if text.public for channel in text.channels}
        parts.append((1, len(affected & reached) / len(affected)))
        said.append(f"{len(affected & reached)} of {count(len(affected), 'affected account')} heard from us")
    medium = _medium(record)
    if medium is not None:
        parts.append((1, 1.0 if medium else rubric["channel.medium"]))
        said.append(
            f"a film answered {'by' if medium else 'without'} one" if _filmed(record) else "a film where words would do"
        )
    asked = [text for text in record.texts if text.public and text.does("asks_data") >= rubric["strong"]]
    private = any(text.form == "message" or text.does("channel_change") > 0 for text in record.texts)
    if asked or private:
        parts.append((1, 0.0 if asked else 1.0))
        said.append("personal data asked for in public" if asked else "personal matters taken into private")
        evidence += [text.evidence() for text in asked]
    score = weighted(parts)
    if score is None:
        return line(rubric, "Cd4", None, "Not assessed: no public word was due.")
    why = f"{'; '.join(said).capitalize()}."
    better = "First where it started, then wherever it has spread."
    return line(rubric, "Cd4", score, why, evidence, better, earned=first is not None)


def _overdue(record: Record) -> bool:
    """Whether a word to everybody was due at the highest level, and its time is up."""
    start = record.asked(record.peak)
    return record.peak >= 3 and start is not None and record.end_ms > start + record.public_times(record.peak).target


def _filmed(record: Record) -> bool:
    """Whether it started as a film."""
    return record.origin in record.films


def _medium(record: Record) -> bool | None:
    """Whether a crisis that came as a film was answered by one, and one that came in words not by a film alone
    (S4-11); None where nobody has to know: below L3, before anything was said, or words answered by words."""
    said = [text for text in record.texts if text.form == "statement"]
    if record.peak < 3 or not said:
        return None
    filmed = any(record.films & set(text.channels) for text in said)
    if _filmed(record):
        return filmed
    return False if record.films & set(said[0].channels) == set(said[0].channels) else None


def _affected(record: Record) -> set[str]:
    """Own accounts where the topic had been alive for the target time: there the public waits for us."""
    open_to_us = {channel.id for channel in record.scenario.channels} - {"press", "mail", "floor", "hub"}
    wait = record.rubric.thresholds("public_L2").target
    found: set[str] = set()
    for step in record.scenario.accounts:
        if step.at + wait < record.end_ms and record.peak >= 2:
            found |= set(step.channels)
    return found & open_to_us


# -- Cd5, Cd6, Cd7 -----------------------------------------------------------------------------------------------


def _steps(record: Record, done: tuple[Step, ...]) -> Line:
    judged = [step for step in done if step.score is not None]
    score = mean(step.score for step in judged if step.score is not None)
    if score is None:
        return line(record.rubric, "Cd5", None, "Not assessed: this run asked for no particular step.")
    good = sum(1 for step in judged if step.score == 1)
    missed = [step for step in judged if step.score is not None and step.score < 1]
    excused = sum(1 for step in done if step.score is None and step.due_ms <= record.end_ms)
    why = f"{good} of {count(len(judged), 'expected step')} done in time"
    why += f"; {excused} left out with a reason in the log." if excused else "."
    evidence = [Evidence(step.due_ms, f"due here: {step.text}", step.id) for step in missed]
    better = f"Next time: {missed[0].text}" if missed else ""
    return line(record.rubric, "Cd5", score, why, evidence, better)


def _content(record: Record) -> Line:
    items = shown_content(record)
    score = mean(value for _, _, value in items if value is not None)
    if score is None:
        return line(record.rubric, "Cd6", None, "Not assessed: nothing scheduled would have clashed in this run.")
    due_items = [one for one in items if one[2] is not None]
    out = [id_ for id_, _, value in due_items if value == 0.0]
    why = (
        f"{len(due_items) - len(out)} of {count(len(due_items), 'scheduled item')} stopped in time. Shown, not counted."
    )
    evidence = [Evidence(record.fired_content[id_], f"{id_} went out", id_) for id_ in out]
    return line(record.rubric, "Cd6", score, why, evidence, "Sweep all accounts and pause posts, ads and mails first.")


def _assessment(record: Record) -> Line:
    said = [action for action in record.actions if action.do == "classify"]
    cause = record.scenario.root_cause
    parts: list[float] = []
    told: list[str] = []
    for field in ("root_cause", "accounts", "themes"):
        last = next((action for action in reversed(said) if getattr(action, field)), None)
        at = last.at_ms if last is not None else record.end_ms
        if field == "root_cause" and last is not None and cause is not None:
            parts.append(float(last.root_cause in (cause.kind, cause.locus)))
            told.append(f"cause {'right' if parts[-1] else 'wrong'}")
        elif last is not None and field != "root_cause":
            real = _accounts(record, at) if field == "accounts" else _alive(record, at)
            if real:
                mine = set(getattr(last, field))
                parts.append(len(mine & real) / len(mine | real))
                told.append(f"{field} {percent(parts[-1])}")
    score = mean(parts)
    if score is None:
        return line(record.rubric, "Cd7", None, "Not assessed: no assessment was filled in.")
    why = f"Assessment against the truth: {', '.join(told)} (shared of all named). Shown, not counted."
    last_ms = said[-1].at_ms
    return line(record.rubric, "Cd7", clamp(score), why, [Evidence(last_ms, f"as of {show_moment(last_ms)}")],
                "Look at every account and read what people are upset about.")  # fmt: skip


def _accounts(record: Record, at_ms: int) -> set[str]:
    real = {record.origin}
    for step in record.scenario.accounts:
        if step.at <= at_ms:
            real |= set(step.channels)
    return real


def _alive(record: Record, at_ms: int) -> set[str]:
    return {post.theme for post in record.posts.values() if post.theme and post.at_ms <= at_ms}
