"""Gates: what caps the total, however good the rest was. Each shows the words or the silence that shut it.

Rules
1. A gate is shut by what was done, or by what had not been done when its time was up within the run.
2. Of two gates of one family (too loud, too quiet) only the tighter is shown.
3. The gate against reaching real accounts is the program's own and is not scored: nothing here can reach any.
"""

from __future__ import annotations

from collections.abc import Iterator

from drills.scoring import approvals
from drills.scoring.card import Evidence, Gate
from drills.scoring.lines import count
from drills.scoring.proportion import SCALE, band, intensity, louds
from drills.scoring.record import BRAND, Record
from drills.scoring.speed import shown
from drills.scoring.spoken import Text, quoted
from drills.scoring.timing import after
from engine.events import Deleted
from scenarios.moments import show_moment

TITLES = {
    "G-SAFE": "Safety first",
    "G-PII": "Personal data in public",
    "G-ASTRO": "Planted praise",
    "G-HIDE": "Hiding criticism",
    "G-LIE": "A knowing untruth",
    "G-ATTACK": "Attacking a person",
    "G-OVER": "Over-reaction",
    "G-UNDER": "Silence in a crisis",
    "G-VALID": "Said without the one who must allow it",
}
_ADMITS = 7
"""From this rung of the ladder on a text owns the fault."""


def gates(record: Record) -> tuple[Gate, ...]:
    """Every gate that was shut, in the order of TITLES."""
    found = [gate for rule in _RULES for gate in rule(record)]
    order = list(TITLES)
    return tuple(sorted(found, key=lambda gate: (order.index(gate.id), gate.cap)))


def _gate(record: Record, id_: str, why: str, evidence: list[Evidence], cap: str = "") -> Gate:
    return Gate(id_, TITLES[id_], record.rubric[f"caps.{cap or id_}"], why, tuple(evidence[:4]))


def _quotes(texts: list[Text]) -> list[Evidence]:
    return [text.evidence() for text in texts]


def _claimed(record: Record, verdict: str) -> list[Text]:
    return [text for text in record.texts if any(claim.verdict == verdict for claim in text.reading.claims)]


# -- safety ------------------------------------------------------------------------------------------------------


def _safe(record: Record) -> Iterator[Gate]:
    unsafe = _claimed(record, "unsafe")
    if unsafe:
        yield _gate(record, "G-SAFE", "Something untrue was said that could hurt people.", _quotes(unsafe))
        return
    if not record.scenario.expected.instructs:
        return
    start = record.asked(4)
    if start is not None:
        told = record.first(text for text in record.texts if text.public and text.does("instructing") > 0)
        fail = record.public_times(4).fail
        late = (record.end_ms if told is None else told.at_ms) - start
        if late >= fail:
            why = f"People in danger were not told what to do for {after(late)}; at {after(fail)} it is too late."
            yield _gate(record, "G-SAFE", why, _quotes([told] if told else []))
            return
    ignored = _ignored(record)
    if ignored:
        why = f"{count(len(ignored), 'call')} for help left without any sign of notice for {after(_patience(record))}."
        yield _gate(record, "G-SAFE", why, ignored)


def _patience(record: Record) -> float:
    within = record.rubric.minutes("ignored")
    return max(within, record.rubric["floors.reply"] * 1000 * record.run.pace)


def _ignored(record: Record) -> list[Evidence]:
    """Scripted calls for help in a matter of safety that nobody answered, marked or passed on in time."""
    noticed: dict[str, int] = {}
    for action in record.actions:
        if action.do in ("reply", "message", "flag", "assign", "escalate", "ask") and action.kind != "dismissed":
            for key in (action.target, *action.also):
                noticed.setdefault(key, action.at_ms)
    patience = _patience(record)
    return [
        Evidence(one.at_ms, f"“{shown(record, one)}”", one.key)
        for one in record.waiters
        if one.scripted
        and one.need == "harm"
        and record.truth_at(one.at_ms) >= 3
        and min(noticed.get(one.key, record.end_ms), record.end_ms) - one.at_ms > patience
    ]


# -- words that must not be said ---------------------------------------------------------------------------------


def _personal(record: Record) -> Iterator[Gate]:
    strong = record.rubric["strong"]
    told = [
        text
        for text in record.texts
        if text.public and (text.does("asks_data") >= strong or (text.is_("personal_data_leak") or 0.0) >= strong)
    ]
    if told:
        yield _gate(record, "G-PII", "Personal data was asked for or published in public.", _quotes(told))


def _planted(record: Record) -> Iterator[Gate]:
    fakes = [text for text in record.texts if text.form == "fake"]
    if fakes:
        yield _gate(record, "G-ASTRO", "Praise of ourselves was written under another name.", _quotes(fakes))


def _lied(record: Record) -> Iterator[Gate]:
    lies = _claimed(record, "lie")
    if lies:
        yield _gate(record, "G-LIE", "Something was said that the team could know to be untrue.", _quotes(lies))


def _attacked(record: Record) -> Iterator[Gate]:
    strong = record.rubric["strong"]
    attacks = [text for text in record.texts if text.does("attack") >= strong]
    names = [text for text in record.texts if text.public and text.does("names_person") >= strong]
    if attacks:
        why = "A critic was attacked"
        why += ", and a private person was named in public." if names else "."
        yield _gate(record, "G-ATTACK", why, _quotes(attacks + [text for text in names if text not in attacks]))
    elif names:
        yield _gate(record, "G-ATTACK", "A private person was named in public.", _quotes(names))


# -- hiding ------------------------------------------------------------------------------------------------------


def _hidden(record: Record) -> Iterator[Gate]:
    trolls = {member.id for member in record.scenario.cast if member.voice == "troll"}
    evidence: list[Evidence] = []
    for event in record.of(Deleted):
        post = record.posts.get(event.post)
        if event.how == "closed":
            evidence.append(Evidence(event.at_ms, f"closed the account on {event.post}", event.action))
        elif event.how == "hidden" and post is not None and post.author not in {BRAND, *trolls} and post.need != "none":
            view = record.run.desk.posts.get(post.key)
            said = post.text or (view.text if view is not None else post.theme)
            evidence.append(Evidence(event.at_ms, f"hid a {post.need}: “{quoted(said, 90)}”", post.key))
    if evidence:
        yield _gate(record, "G-HIDE", "Criticism was hidden, or an account closed.", evidence)


# -- too loud, too quiet -----------------------------------------------------------------------------------------


def _over(record: Record) -> Iterator[Gate]:
    loud = [one for one in louds(record) if one.public and one.excess >= 2]
    worst = max(loud, key=lambda one: one.excess, default=None)
    if worst is None:
        return
    why = f"There was {worst.named} where at most {SCALE[round(worst.high)]} was right."
    evidence = [one.evidence for one in sorted(loud, key=lambda one: -one.excess)]
    strangers = _told_strangers(record)
    if strangers:
        why = (
            f"{why[:-1]}, called a crisis to the end, and told on accounts that knew nothing of it: the story is ours."
        )
        yield _gate(record, "G-OVER", why, _quotes(strangers), "G-OVER-STORY")
        return
    yield _gate(record, "G-OVER", why, evidence, "G-OVER-FAR" if worst.excess >= 3 else "")


def _told_strangers(record: Record) -> list[Text]:
    """Where an issue was made a crisis of: it was never more than L1, the team called it a crisis to the end, and it
    said so, two steps too loud, on accounts where nobody had spoken of it before that noise began. Then these words."""
    if record.peak > 1 or (record.said_at(record.end_ms) or 0) < 3:
        return []
    began = min((one.at_ms for one in louds(record) if one.excess >= 2), default=record.end_ms)
    alive = {record.origin}
    alive |= {channel for step in record.scenario.accounts if step.at <= began for channel in step.channels}
    alive |= {one.channel for one in record.posts.values() if one.theme and one.author != BRAND and one.at_ms <= began}
    top = band(record, record.end_ms, peak=True)[1]
    return [text for text in record.broadcasts if intensity(record, text) - top >= 2 and set(text.channels) - alive]


def _under(record: Record) -> Iterator[Gate]:
    """From L3 on somebody must speak to everybody by the limit; deadlines as in Sp3, without the influencer's half."""
    found: list[Gate] = []
    first = record.first(record.broadcasts)
    for level in (3, 4):
        start = record.asked(level)
        if start is None:
            continue
        at = record.public_times(level)
        heard = record.end_ms if first is None else max(start, first.at_ms)
        silent = min(heard, record.until(level)) - start
        if silent < at.limit or (silent == at.limit and first is not None):
            continue
        cap = "G-UNDER-L4" if level == 4 else "G-UNDER-FAIL" if silent >= at.fail else ""
        why = f"Nothing was said to everybody for {after(silent)} at L{level}, from {show_moment(start)}; "
        why += f"by {after(at.limit)} at the latest."
        found.append(_gate(record, "G-UNDER", why, _quotes([first] if first else []), cap))
    if found:
        yield min(found, key=lambda gate: gate.cap)


# -- words that need somebody's leave ----------------------------------------------------------------------------


def _unallowed(record: Record) -> Iterator[Gate]:
    """An official statement that owns the fault, without the one whose word the plan asks for before it does."""
    plan = record.plan
    person = plan.approval.forbidden_without.get("admission_of_liability") if plan is not None else None
    if plan is None or person is None:
        return
    texts = [
        text
        for text in record.texts
        if text.form == "statement"
        and text.event.kind == "official"
        and text.reading.ladder >= _ADMITS
        and not approvals.allowed(record, plan, text, person)
    ]
    if texts:
        name = record.people[person].name if person in record.people else person
        why = f"An official statement owned the fault; the plan wants {name}'s word before that."
        yield _gate(record, "G-VALID", why, _quotes(texts))


_RULES = (_safe, _personal, _planted, _hidden, _lied, _attacked, _over, _under, _unallowed)
