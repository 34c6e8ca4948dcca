"""Conduct: who was answered, what was true, how loud it was, where it was said, what was done (Cd1 to Cd7)."""

from __future__ import annotations

from drills.scoring.card import Evidence, Line
from drills.scoring.first_word import first_word
from drills.scoring.lines import clamp, count, line, mean, percent, weighted
from drills.scoring.proportion import Proportion
from drills.scoring.record import BRAND, Record, Waiter
from drills.scoring.rubric import NEEDS
from drills.scoring.speed import due, shown
from drills.scoring.spoken import Text, quoted
from drills.scoring.steps import Step, shown_content
from engine.events import Deleted
from engine.reading import Claim
from scenarios.moments import show_moment


def lines(record: Record, loudness: Proportion | None, done: tuple[Step, ...]) -> list[Line]:
    """The lines of Conduct."""
    return [
        _coverage(record),
        _accuracy(record),
        _proportion(record, loudness),
        _channels(record),
        _steps(record, done),
        _content(record),
        _assessment(record),
    ]


# -- Cd1 ---------------------------------------------------------------------------------------------------------


def _coverage(record: Record) -> Line:
    rubric = record.rubric
    people = due(record)
    if not people:
        return line(rubric, "Cd1", None, "Not assessed: nobody had waited long enough for an answer.")
    covered = {one.key for one in people if one.answered_ms is not None} | linked(record, people)
    pairs: list[tuple[float, float | None]] = []
    told: list[str] = []
    for need in NEEDS:
        of = [one for one in people if one.need == need]
        if of:
            share = sum(1 for one in of if one.key in covered) / len(of)
            wanted = rubric[f"tiers.{need}"]
            pairs.append((rubric[f"answer_weights.{need}"], min(1.0, share / wanted) if wanted else 1.0))
            told.append(f"{need} {percent(share)} of {percent(wanted)}")
    flags = _open_flags(record)
    public = _public_share(record)
    score = weighted(
        [
            (rubric["coverage.tiers"], weighted(pairs)),
            (rubric["coverage.flags"], None if flags is None else float(not flags)),
            (rubric["coverage.public"], public),
        ]
    )
    why = f"Answered or covered by the crisis page: {', '.join(told)} wanted"
    why += f"; {count(len(flags), 'priority mark')} left open." if flags else "."
    missed = [one for one in people if one.key not in covered]
    missed.sort(key=lambda one: (not one.scripted, NEEDS.index(one.need), one.at_ms))
    evidence = [Evidence(one.at_ms, f"{one.need}, left alone: “{shown(record, one)}”", one.key) for one in missed[:4]]
    return line(rubric, "Cd1", score, why, evidence, "Nobody in danger is left out; then questions, then complaints.")


def linked(record: Record, people: list[Waiter]) -> set[str]:
    """Whose question or complaint stands in a thread where we had answered with the crisis page."""
    roots: dict[str, int] = {}
    for text in record.texts:
        if text.form == "reply" and text.does("hub_link") > 0:
            for key in text.event.targets:
                roots.setdefault(_root(record, key), text.at_ms)
    return {one.key for one in people if one.need in ("question", "complaint") and _root(record, one.key) in roots}


def _root(record: Record, key: str) -> str:
    seen: set[str] = set()
    while key in record.posts and record.posts[key].parent in record.posts and key not in seen:
        seen.add(key)
        key = record.posts[key].parent
    return key


def _open_flags(record: Record) -> set[str] | None:
    """Priority marks on what nobody answered; None where the team marked nothing."""
    marked: set[str] = set()
    used = False
    for action in record.actions:
        if action.do == "flag" and action.kind == "priority":
            used = True
            marked ^= {action.target, *action.also}
        elif action.do == "flag" and action.kind in ("done", "dismissed"):
            marked -= {action.target, *action.also}
    for text in record.texts:
        marked -= set(text.event.targets)
    marked &= {post.key for post in record.posts.values() if post.author != BRAND}
    return marked if used else None


def _public_share(record: Record) -> float | None:
    answers = [text for text in record.texts if text.form in ("reply", "message")]
    total = sum(len(text.event.targets) for text in answers)
    wanted = record.rubric["coverage.public_share"]
    if not total or not wanted:
        return None
    return min(1.0, sum(len(text.event.targets) for text in answers if text.public) / total / wanted)


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
    score = mean(scores)
    if score is None:
        return line(rubric, "Cd2", None, "Not assessed: the texts made no claim that the fact sheet judges.")
    why = f"{count(len(scores), 'claim')} that can be judged; {len(evidence)} of them untrue, unknown or too early."
    return line(rubric, "Cd2", score, why, evidence, "Say only what the fact sheet marks as sayable.")


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
    return line(record.rubric, "Cd3", found.score, found.why, evidence, better)


def _channels(record: Record) -> Line:
    rubric, origin = record.rubric, record.origin
    level = min(record.peak, 2)
    parts: list[tuple[float, float | None]] = []
    evidence: list[Evidence] = []
    said: list[str] = []
    first = first_word(record, record.peak, None) or first_word(record, level, None)
    if first is not None:
        there = origin in first.channels
        parts.append((1, 1.0 if there else rubric["channel.elsewhere"]))
        said.append(
            f"first word {'on ' + origin if there else 'on ' + ', '.join(first.channels) + ', not on ' + origin}"
        )
        evidence.append(first.evidence())
    elif record.peak >= 1 and record.end_ms > (record.since(1) or 0) + record.public_times(max(1, level)).target:
        parts.append((1, 0.0))
        said.append("no public word at all")
    affected = _affected(record)
    if affected:
        reached = {channel for text in record.texts if text.public for channel in text.channels}
        parts.append((1, len(affected & reached) / len(affected)))
        said.append(f"{len(affected & reached)} of {count(len(affected), 'affected account')} heard from us")
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
    return line(rubric, "Cd4", score, why, evidence, "First where it started, then wherever it has spread.")


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
