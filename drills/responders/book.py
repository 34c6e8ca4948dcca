"""By the book: what the scenario expects, with its model answers, in the time that people need.

The book is the facilitator's sheet. It stands in for a practised team's judgement: from it alone comes what this really
is (some minutes after it has changed), who must be told, and good words. Everything else is read off the desk.
"""

from __future__ import annotations

from drills.desk import InboxItem, Row
from drills.plan import deadlines
from drills.responders import steps
from drills.responders.team import Team
from scenarios.model import Model
from scenarios.moments import MINUTE, SECOND

_DRAFTS_MS = 8 * MINUTE
"""How long before its first public word a team that speaks late sends the draft round."""
_FIT_FOR = ("harm", "question", "complaint", "praise")


def model(team: Team, use: str, to: str = "") -> Model | None:
    """The scenario's model text for this: to this inject or theme, or to nobody in particular."""
    fitting = [each for each in team.scenario.models if each.use == use]
    exact = [each for each in fitting if each.to == (to or None)]
    if exact:
        return exact[0]
    return None if to or use in ("reply", "message", "press") or not fitting else fitting[0]


def origin(team: Team) -> str:
    """Where it started."""
    return team.scenario.expected.origin or team.origin()


def true_now(team: Team, text: str, kind: str) -> bool:
    """Whether everything that a statement claims may be said."""
    reading = team.session.check(text, do="publish", kind=kind)
    return all(claim.verdict == "true" for claim in reading.claims)


# -- inside ------------------------------------------------------------------------------------------------------


def classify(team: Team) -> bool:
    """Some minutes after it has changed, say what it is."""
    noticed = team.now_ms - team.manner.notices
    truth = [step for step in team.scenario.truth if step.at <= noticed]
    if not truth or team.desk.level == truth[-1].level:
        return False
    cause = team.scenario.root_cause
    known = cause is not None and cause.known <= noticed + 3 * MINUTE
    accounts = [step for step in team.scenario.accounts if step.at <= noticed + 3 * MINUTE]
    return team.act(
        "classify",
        20 * SECOND,
        level=truth[-1].level,
        root_cause=cause.kind if cause and known else "",
        accounts=accounts[-1].channels if accounts else (origin(team),),
        themes=tuple(theme.id for theme in team.scenario.themes if theme.at <= noticed + 3 * MINUTE),
        confidence="high" if known else "medium",
    )


def escalate(team: Team) -> bool:
    """Tell whoever must be told, the most urgent first, with a situation report."""
    wanted = sorted(team.scenario.expected.recipients, key=lambda each: each.within)
    roles = [each.to for each in wanted if each.of <= team.level]
    if not wanted:
        roles = [role for role, level in steps.BY_LEVEL if level <= team.level]
    for role in roles:
        if team.once(f"call {role}"):
            people = team.people(role)
            if people:
                return team.act("escalate", 40 * SECOND, to=(people[0],), text=_sitrep(team))
    return False


def tell_by_plan(team: Team) -> bool:
    """One report to everybody whom the plan wants told at this level and nobody has called yet."""
    plan = team.session.drill.plan
    contacts = team.desk.contacts
    to = tuple(
        id_
        for id_ in (deadlines(plan, team.level) if plan else ())
        if contacts[id_].state == "idle" and not contacts[id_].colleague.plays(team.session.seat)
    )
    return bool(to) and team.act("inform", 40 * SECOND, to=to, text=_sitrep(team))


def report(team: Team) -> bool:
    """Executives who have been told hear from the desk as often as the plan says, a little before it is due."""
    plan = team.session.drill.plan
    every = plan.escalation.sitrep_every if plan else None
    if every is None or team.level < 2 or not team.passed(every):
        return False
    told = [id_ for id_, one in team.desk.contacts.items() if one.colleague.plays("EXE") and one.called_ms >= 0]
    late = tuple(id_ for id_ in told if team.now_ms - team.desk.contacts[id_].called_ms >= every - 3 * MINUTE)
    return bool(late) and team.act("inform", 40 * SECOND, to=late, text=team.line("sitrep"))


def _sitrep(team: Team) -> str:
    given = model(team, "sitrep")
    return given.text if given else team.line("sitrep")


def call_keys(team: Team) -> bool:
    """Call whoever holds the keys to something that must be stopped: they may take their time."""
    clash = (view.content.id for view in team.desk.contents.values() if view.content.clash and view.state != "fired")
    return team.level >= 2 and any(steps.unlock(team, one) for one in clash)


# -- statements --------------------------------------------------------------------------------------------------


def acknowledge(team: Team) -> bool:
    """From L3, where statements belong to a good answer, the holding statement where it started, signed."""
    if team.level < 3 or not team.scenario.expected.official or "holding" in team.done:
        return False
    if not team.passed(team.manner.speaks - _DRAFTS_MS):
        return False
    given = model(team, "holding")
    return _say(team, "holding", given or Model(use="holding", text=team.line("holding"), signed_by=team.chief()))


def official(team: Team) -> bool:
    """The official statement, as soon as everything in it may be said: that is looked up once a minute."""
    given = model(team, "official")
    if given is None or team.level < 2 or "holding" not in team.done or "official" in team.done:
        return False
    if "official" in team.asked:
        return _say(team, "official", given)
    return team.every("official", MINUTE) and true_now(team, given.text, "official") and _say(team, "official", given)


def _say(team: Team, kind: str, given: Model) -> bool:
    """Publish a statement, through the validators that the plan wants."""
    text = team.desk.approvals[team.asked[kind]].action.text if kind in team.asked else given.text
    fits = [channel.id for channel in team.open_channels(text) if channel.share > 0]
    named = team.desk.classification.accounts if team.desk.classification else ()
    channels = tuple(name for name in dict.fromkeys((origin(team), *named)) if name in fits) or tuple(fits[:1])
    draft = {"kind": kind, "channels": channels, "text": text, "signed_by": given.signed_by}
    approval = steps.cleared(team, kind, **draft)
    if approval is None or not channels:
        return team.busy
    if not team.may_speak:
        return False
    return team.act("publish", 2 * MINUTE, **draft, approval=approval) and team.once(kind)


def open_hub(team: Team) -> bool:
    """The crisis page, where one is needed."""
    given = model(team, "hub")
    wanted = team.scenario.expected.hub == "needed" and team.level >= 3 and team.may_speak
    if given is None or not wanted or "hub" in team.done or not _reachable(team, "hub"):
        return False
    return team.once("hub") and team.act("hub", 90 * SECOND, kind="open", text=given.text)


def _reachable(team: Team, channel: str) -> bool:
    return any(each.id == channel for each in team.open_channels(""))


def update(team: Team) -> bool:
    """Keep speaking while it lasts, as often as the scenario asks; a model text as soon as all of it may be said."""
    every = team.scenario.expected.update_every
    said = [out.at_ms for out in team.desk.published.values() if out.form in ("statement", "hub")]
    if every is None or not said or team.level < 2 or not _reachable(team, origin(team)):
        return False
    if team.now_ms - said[-1] < every - 3 * MINUTE:
        return False
    unsaid = (each.text for each in team.scenario.models if each.use == "update" and each.text not in team.done)
    text = next((text for text in unsaid if true_now(team, text, "update")), "")
    team.done.add(text)
    limit = next(each.char_limit for each in team.scenario.channels if each.id == origin(team))
    if not text or len(text) > limit:
        text = team.line("update", fits=limit)
    return team.act("publish", 60 * SECOND, kind="update", channels=(origin(team),), text=text)


# -- answers -----------------------------------------------------------------------------------------------------


def urgent(team: Team) -> bool:
    """Somebody hurt, a journalist, an executive, a draft that must not go out."""
    for item in team.desk.inbox.values():
        if item.waiting and item.key not in team.done and _handle(team, item):
            return True
    hurt = steps.rows(team, "harm") if team.may_speak else []
    return bool(hurt) and _reply(team, hurt[0])


def _handle(team: Team, item: InboxItem) -> bool:
    """Answer something that reached us directly."""
    if item.medium in ("press", "call"):
        return team.may_speak and _press(team, item)
    team.done.add(item.key)
    if item.medium == "approval":
        return team.act("decide", 30 * SECOND, target=item.key, kind="return", text=team.line("returned"))
    if item.medium == "message":
        given = model(team, "message", item.inject)
        text = given.text if given else team.line("message")
        return team.act("message", 60 * SECOND, target=item.key, text=text)
    return steps.inform_boss(team, item, 45 * SECOND)


def _press(team: Team, item: InboxItem) -> bool:
    given = model(team, "press", item.inject)
    if item.key in team.asked:
        text = team.desk.approvals[team.asked[item.key]].action.text
    else:
        text = given.text if given else team.line("press")
    approval = steps.cleared(team, item.key, kind="press", text=text)
    if approval is None:
        return team.busy
    return team.once(item.key) and team.act("answer_press", 90 * SECOND, target=item.key, text=text, approval=approval)


def answer(team: Team) -> bool:
    """Whoever has waited longest, in groups that need the same answer."""
    waiting = steps.rows(team) if team.may_speak else []
    return bool(waiting) and _reply(team, waiting[0])


def _reply(team: Team, row: Row) -> bool:
    """One public answer: the model text for this post, once the one for its theme, else words of the team's own."""
    event = team.desk.posts[row.posts[-1]].event
    given = model(team, "reply", event.cause) if event.form == "scripted" else None
    if given is None and (by_theme := model(team, "reply", event.theme)) and team.once(f"model {event.theme}"):
        given = by_theme
    use = row.need if row.need in _FIT_FOR else "complaint"
    return steps.reply(team, row, use, 45 * SECOND, given.text if given else "")


def stand_down(team: Team) -> bool:
    """End it a minute after the scenario says that it may be ended."""
    moment = team.scenario.expected.stand_down
    ready = moment is not None and team.now_ms >= moment + MINUTE
    return ready and team.once("stand_down") and team.act("stand_down", MINUTE)


STEPS = (
    steps.sweep,
    steps.take_down,
    classify,
    call_keys,
    escalate,
    acknowledge,
    steps.stop_content,
    tell_by_plan,
    urgent,
    open_hub,
    official,
    update,
    report,
    answer,
    stand_down,
)
