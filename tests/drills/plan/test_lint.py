"""Reading a plan shows where it will not hold; a plan without those faults is left in peace."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from drills import joining, library
from drills.plan import Plan, check_plan
from drills.plan.edits import Add, Drop, Edit, Put, edited
from drills.plan.gap_rules import gap_rules
from drills.plan.lint import Finding, lint, lint_problems
from scenarios import library as scenarios
from scenarios.model import Scenario
from scenarios.source import Source, load, loads
from scenarios.yaml_events import read
from tests.commands import said
from tests.drills.gaps.patching import patched

DATA = Path(__file__).parents[2] / "data" / "plans"
DOCS = Path(__file__).parents[3] / "docs"
TODAY = date(2026, 11, 22)
PLANS = tuple(library.names("plans"))


@cache
def repaired() -> Source[Plan]:
    return load(DATA / "tarn-and-tide.repaired.yaml", Plan)


@cache
def shipped(name: str) -> Source[Plan]:
    return load(library.path("plans", name), Plan)


@cache
def world(plan: str) -> Scenario:
    """The scenario of the shipped drill that uses this plan."""
    return next(
        drill.scenario
        for name in library.names("drills")
        if (drill := joining.from_path(library.path("drills", name))).file.plan == plan
    )


def mutated(*edits: Edit) -> Plan:
    return loads(edited(repaired().text, edits), "plan.yaml", Plan).value


def gaps(plan: Plan, scenario: Scenario | None = None, as_of: date | None = TODAY) -> list[str]:
    return [one.gap for one in lint(plan, scenario, as_of=as_of)]


def index(plan: Plan, group: str, name: str, key: str = "id") -> int:
    return [getattr(one, key) for one in getattr(plan, group)].index(name)


R = repaired().value
P = {one.id: at for at, one in enumerate(R.people)}
C = {one.id: at for at, one in enumerate(R.channels)}
B = {one.type: at for at, one in enumerate(R.playbooks)}
H = {one.id: at for at, one in enumerate(R.holding)}
TASKS = [task.task for task in R.dashboard]
OFFICIAL_L3, PAUSE, HUB_UPDATE = (
    TASKS.index("official-statement"),
    TASKS.index("pause-content"),
    TASKS.index("hub-update"),
)
HOLDING_L4 = TASKS.index("holding-statement") + 1

# The mutation, and one beside it that must pass.
TABLE: dict[str, tuple[list[Edit], list[Edit]]] = {
    "PG-01": (
        [Put(("people", P["legal"], "reach"), {"p50": "60m", "p90": "85m"})],
        [Put(("people", P["legal"], "reach"), {"p50": "9m", "p90": "28m"})],
    ),
    "PG-02": ([Drop(("people", P["social-lead"], "deputy"))], [Drop(("people", P["it-ops"], "deputy"))]),
    "PG-03": (
        [Put(("holding", H["h-layoffs"], "types"), ["merger"])],
        [Add(("holding", H["h-layoffs"], "types"), "merger")],
    ),
    "PG-06": (
        [Put(("dashboard", PAUSE, "covers"), ["post", "ad"])],
        [Put(("dashboard", PAUSE, "covers"), ["mail", "ad", "post"])],
    ),
    "PG-07": (
        [Put(("channels", C["vidra"], "comments"), "open")],
        [Put(("channels", C["vidra"], "comments"), "off")],
    ),
    "PG-08": (
        [Add(("company", "brands"), "Fjellmelk")],
        [Add(("company", "brands"), "Tarn & Tide Junior")],
    ),
    "PG-09": ([Drop(("monitoring", "otherwise"))], [Put(("monitoring", "hours"), "09-10 Mon")]),
    "PG-10": ([Drop(("bypass",))], [Drop(("bypass", "phone"))]),
    "PG-11": (
        [Put(("dashboard", HUB_UPDATE, "validates"), "com-head")],
        [Put(("dashboard", HUB_UPDATE, "validates"), ["com-head", "com-duty"])],
    ),
    "PG-12": ([Drop(("stand_down", "tail_days", "L4"))], [Drop(("stand_down", "resume"))]),
    "PG-13": ([Drop(("cabinet", "seats", "sales"))], [Drop(("cabinet", "seats", "quality"))]),
    "PG-14": (
        [Put(("committee", "last_met"), "2026-06-22")],
        [Put(("committee", "last_met"), "2026-11-09")],
    ),
    "PG-15": (
        [Put(("channels", C["hub"], "hosted_separately"), False)],
        [Put(("channels", C["hub"], "publishes_in"), "32m")],
    ),
    "PG-16": (
        [
            Put(("private_path", "channels", "flit", "needs_follow"), True),
            Put(("channels", C["flit"], "mechanic"), "legacy_2010"),
        ],
        [Put(("channels", C["flit"], "mechanic"), "legacy_2010")],
    ),
    "PG-17": ([Put(("principles",), [])], [Put(("principles",), ["People first."])]),
    "PG-18": (
        [Drop(("dashboard", TASKS.index("internal-notice")))],
        [Drop(("dashboard", TASKS.index("internal-notice"))), Put(("company", "size"), "small")],
    ),
    "PG-19": (
        [Drop(("partners", index(R, "partners", "creator-1"), "contract_clause"))],
        [Put(("partners", index(R, "partners", "retailer"), "paid"), False)],
    ),
    "PG-20": (
        [Put(("playbooks", B["layoffs"], "first_steps"), ["employees-first"])],
        [Put(("playbooks", B["layoffs"], "first_steps"), ["revoke-access"])],
    ),
    "PG-21": ([Drop(("playbooks", B["opportunity"]))], [Put(("playbooks", B["opportunity"], "humour"), "never")]),
    "PG-22": ([Drop(("playbooks", B["faulty-batch"], "lexicon"))], [Drop(("playbooks", B["outage"], "post_mortem"))]),
    "PG-23": (
        [Put(("permitted", "L3"), ["reply", "holding"])],
        [Put(("permitted", "L0"), ["reply"])],
    ),
    "PG-24": (
        [Put(("capacity", "agents", "night"), 0)],
        [Put(("capacity", "agents", "day"), 1)],
    ),
    "PG-25": ([Drop(("playbooks", B["lookalike"]))], [Put(("playbooks", B["lookalike"], "root"), "any")]),
}


def test_every_rule_that_reading_can_show_is_in_the_table() -> None:
    assert {id_ for id_, rule in gap_rules().items() if rule.static} == set(TABLE)
    assert {id_ for id_, rule in gap_rules().items() if not rule.static} == {"PG-04", "PG-05"}


@pytest.mark.parametrize("gap", TABLE)
def test_a_fault_is_found_and_its_neighbour_is_not(gap: str) -> None:
    bad, good = TABLE[gap]
    assert set(gaps(mutated(*bad))) == {gap}
    assert gaps(mutated(*good)) == []


FURTHER: dict[str, tuple[str, list[Edit]]] = {
    "a statement that a playbook names and nobody has written": ("PG-03", [Drop(("holding", H["h-layoffs"]))]),
    "a statement past its day": ("PG-03", [Put(("holding", H["h-service"], "expires"), "2026-11-21")]),
    "a statement that nobody approved": (
        "PG-03",
        [Put(("dashboard", HOLDING_L4, "validates"), "com-duty"), Drop(("holding", H["h-layoffs"], "approved_by"))],
    ),
    "a validator who has not approved the words": (
        "PG-01",
        [Put(("holding", H["h-product"], "approved_by"), ["legal", "quality-head"])],
    ),
    "validators in a row who would fit side by side": (
        "PG-01",
        [Put(("dashboard", OFFICIAL_L3, "in_order"), True), Put(("dashboard", OFFICIAL_L3, "limit"), "50m")],
    ),
    "two who stand in for each other": ("PG-02", [Put(("people", P["board-chair"], "deputy"), "coo")]),
    "a rep who stands in for the manager": ("PG-02", [Put(("people", P["cs-manager"], "deputy"), "rep-b")]),
    "a deputy who goes home at the same hour": (
        "PG-02",
        [Put(("people", P["sales-head"], "deputy"), "marketing-head")],
    ),
    "an item that nobody owns": ("PG-06", [Drop(("content", 0, "owner"))]),
    "no line that stops what is scheduled": ("PG-06", [Drop(("dashboard", PAUSE))]),
    "a tool that only the agency can stop": ("PG-06", [Put(("partners", 0, "controls"), ["ads"])]),
    "keys that lie with the agency": ("PG-07", [Put(("channels", C["grano"], "credentials"), "agency")]),
    "an account without an owner": ("PG-07", [Drop(("channels", C["flit"], "owner"))]),
    "nothing said about keys": ("PG-07", [Drop(("channels", C["flit"], "credentials"))]),
    "no services listened for": ("PG-08", [Put(("monitoring", "terms", "services"), [])]),
    "no language listened to": ("PG-08", [Put(("monitoring", "languages"), [])]),
    "a look-alike nobody listens for": ("PG-08", [Put(("monitoring", "terms", "lookalikes"), [])]),
    "a way around the top that leads back": ("PG-10", [Put(("bypass", "then"), "ceo")]),
    "an official statement that nobody validates": ("PG-11", [Drop(("dashboard", OFFICIAL_L3, "validates"))]),
    "a writer who validates": ("PG-11", [Put(("dashboard", HUB_UPDATE, "validates"), "it-ops")]),
    "no criterion for the end": ("PG-12", [Put(("stand_down", "all_of"), [])]),
    "no cabinet at all": ("PG-13", [Drop(("cabinet",))]),
    "a review that is late": ("PG-14", [Put(("meta", "next_review"), "2026-11-21")]),
    "a drill that was not held": ("PG-14", [Put(("review", "next_drill"), "2026-10-01")]),
    "a number nobody has tried for long": ("PG-14", [Put(("people", P["ceo"], "reach", "checked"), "2025-01-01")]),
    "no crisis page though one is needed": ("PG-15", [Drop(("channels", C["hub"]))]),
    "no page prepared": ("PG-15", [Put(("channels", C["hub"], "dark_site_ready"), False)]),
    "a page that takes too long": ("PG-15", [Put(("channels", C["hub"], "publishes_in"), "33m")]),
    "an account without a private way": ("PG-16", [Drop(("private_path", "channels", "grano"))]),
    "a private way by messages that do not exist": ("PG-16", [Put(("channels", C["grano"], "dm"), "none")]),
    "no rule about data": ("PG-16", [Drop(("private_path", "data_rule"))]),
    "a partner without a number": ("PG-19", [Drop(("partners", 2, "contact"))]),
    "an opportunity without limits": ("PG-21", [Drop(("playbooks", B["opportunity"], "limits"))]),
    "a level without a list": ("PG-23", [Drop(("permitted", "L2"))]),
    "nobody to help at the peak": ("PG-24", [Drop(("capacity", "surge"))]),
    "nobody counted": ("PG-24", [Drop(("capacity", "agents"))]),
}


@pytest.mark.parametrize("case", FURTHER)
def test_each_part_of_a_rule_speaks_for_itself(case: str) -> None:
    gap, edits = FURTHER[case]
    assert set(gaps(mutated(*edits))) == {gap}


def test_approvals_in_order_add_up_and_others_wait_for_the_slowest() -> None:
    at_once = mutated(Put(("dashboard", OFFICIAL_L3, "limit"), "34m"))
    in_order = mutated(
        Put(("dashboard", OFFICIAL_L3, "limit"), "53m"), Put(("dashboard", OFFICIAL_L3, "in_order"), True)
    )
    # 2 to write; legal: 25 to answer, 8 to read; the head of quality: 15 and 4
    assert "takes 35 min" in lint(at_once)[0].message
    assert "takes 54 min" in lint(in_order)[0].message


def test_without_a_day_no_date_speaks() -> None:
    late = mutated(Put(("committee", "last_met"), "2020-01-01"), Put(("holding", 0, "expires"), "2020-01-01"))
    assert gaps(late, as_of=None) == []
    assert set(gaps(late)) == {"PG-03", "PG-14"}


# With the scenario


def test_the_repaired_plan_has_no_gap_alone_or_in_its_scenario() -> None:
    assert check_plan(repaired()) == []
    assert lint(R, as_of=TODAY) == ()
    assert lint(R, world("tarn-and-tide"), as_of=TODAY) == ()


WORLDLY: dict[str, tuple[str, list[Edit]]] = {
    "an account that was forgotten": (
        "PG-07",
        [Drop(("private_path", "channels", "rateo")), Drop(("channels", C["rateo"]))],
    ),
    "an item on nobody's list": ("PG-06", [Drop(("content", index(R, "content", "frid-story")))]),
    "an executive nobody listens for": ("PG-08", [Put(("monitoring", "terms", "people"), ["nils berg"])]),
    "a role that the scenario needs": (
        "PG-02",
        [Put(("people", P["quality-head"], "dept"), "lab"), Put(("people", P["lab-duty"], "dept"), "lab")],
    ),
    "a partner that the scenario needs": ("PG-19", [Put(("partners", 2, "kind"), "supplier")]),
    "a crisis without a playbook": ("PG-03", [Put(("playbooks", B["faulty-batch"], "root"), "operations")]),
    "a private way that the world does not have": (
        "PG-16",
        [Put(("private_path", "channels", "rateo"), {"via": "dm"}), Put(("channels", C["rateo"], "dm"), "open")],
    ),
}


@pytest.mark.parametrize("case", WORLDLY)
def test_the_world_shows_what_the_plan_alone_cannot(case: str) -> None:
    gap, edits = WORLDLY[case]
    plan = mutated(*edits)
    if case != "a private way that the world does not have":
        assert gaps(plan) == []
    scenario = world("tarn-and-tide")
    if gap == "PG-16":
        channels = [one.model_copy(update={"dm": "none"}) if one.id == "rateo" else one for one in scenario.channels]
        assert gaps(plan) == []
        scenario = scenario.model_copy(update={"channels": tuple(channels)})
    assert set(gaps(plan, scenario)) == {gap}


def test_a_hub_that_only_the_scenario_needs_is_asked_for() -> None:
    calm = [Put(("playbooks", at, "hub_needed"), False) for at, book in enumerate(R.playbooks) if book.hub_needed]
    plan = mutated(*calm, Drop(("channels", C["hub"])))
    assert gaps(plan) == []
    assert "PG-15" in gaps(plan, world("tarn-and-tide"))


# The shipped plans


def test_the_shipped_example_has_exactly_the_findings_that_were_argued() -> None:
    argued = yaml.safe_load((DATA / "tarn-and-tide.findings.yaml").read_text("utf-8"))
    source = shipped("tarn-and-tide")
    found = [
        {"gap": one.gap, "line": source.place(one.loc)[0], "loc": list(one.loc), "message": one.message}
        for one in lint(source.value, as_of=argued["as_of"])
    ]
    assert found == [{key: row[key] for key in ("gap", "line", "loc", "message")} for row in argued["findings"]]
    assert all(len(row["because"]) > 40 for row in argued["findings"])


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("joined", [False, True])
def test_the_edits_of_a_finding_close_it_and_open_no_other(name: str, joined: bool) -> None:
    source = shipped(name)
    scenario = world(name) if joined else None
    before = lint(source.value, scenario, as_of=TODAY)
    places = {(one.gap, one.loc) for one in before}
    closed = [one for one in before if one.edits]
    assert closed
    for finding in closed:
        after = loads(edited(source.text, finding.edits), "plan.yaml", Plan)
        left = lint(after.value, scenario, as_of=TODAY)
        assert key(finding) not in {key(one) for one in left}, finding
        assert {(one.gap, one.loc) for one in left} <= places, finding
        assert check_plan(after) == []


def key(finding: Finding) -> tuple[Any, ...]:
    return finding.gap, finding.loc, finding.message


@pytest.mark.parametrize("name", PLANS)
def test_findings_come_in_order_with_words_for_people(name: str) -> None:
    found = lint(shipped(name).value, world(name), as_of=TODAY)
    assert [one.gap for one in found] == sorted(one.gap for one in found)
    for one in found:
        assert one.gap in gap_rules()
        assert not one.message.endswith(".")
        assert not one.advice.endswith(".")
        assert one.message
        assert one.advice


@pytest.mark.parametrize("name", scenarios.names())
def test_the_smallest_plan_is_linted_without_stumbling(name: str) -> None:
    text = "id: corner-shop\ncompany: {name: Corner Shop}\npeople:\n  - {id: ana, role: REP}\n"
    scenario = load(scenarios.path(name), Scenario).value
    found = lint(loads(text, "plan.yaml", Plan).value, scenario, as_of=TODAY)
    assert {"PG-03", "PG-06", "PG-07", "PG-08", "PG-09", "PG-10", "PG-12", "PG-13", "PG-17", "PG-18"} <= {
        one.gap for one in found
    }


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    text = edited(repaired().text, [Add(("company", "brands"), "[bold]x[/] =SUM(1)")])
    assert "[bold]x[/] =SUM(1)" in lint(loads(text, "p.yaml", Plan).value)[0].message


# At the command line


def test_check_shows_gaps_as_warnings_at_the_value_concerned() -> None:
    told = said("check", library.path("plans", "tarn-and-tide"), "--as-of", "2026-11-22")
    assert told.code == 0
    lines = [line for line in told.out.splitlines() if ": warning: " in line]
    assert len(lines) == 17
    assert lines[0].endswith(
        "tarn-and-tide.yaml:39:59: warning: PG-02 unreachable role or bad deputy: cs-manager's deputy rep-b is a rep"
        " without the authority. Name a deputy with the standing, the skill and the hours"
    )


def test_check_holds_a_drills_plan_against_its_scenario() -> None:
    alone = said("check", library.path("plans", "stackfold"), "--as-of", "2026-11-22").out.splitlines()
    joined = said("check", library.path("drills", "stackfold-is-down"), "--as-of", "2026-11-22").out.splitlines()
    more = "".join(line for line in joined if line not in alone)
    assert "the account on knoll (@stackfold) is missing from the plan" in more
    assert "Marcus Fenn is not listened for" in more


def test_check_compares_dates_with_the_day_it_is_given() -> None:
    plan = library.path("plans", "tarn-and-tide")
    assert "PG-14" not in said("check", plan, "--as-of", "2026-11-22").out
    assert "PG-14" in said("check", plan, "--as-of", "2027-05-01").out
    wrong = said("check", plan, "--as-of", "tomorrow")
    assert wrong.code == 2
    assert "tomorrow" in wrong.err


def test_a_plan_with_errors_is_not_linted() -> None:
    text = edited(repaired().text, [Put(("people", 0, "deputy"), "nobody"), Drop(("bypass",))])
    source = loads(text, "plan.yaml", Plan)
    assert [one.severity for one in check_plan(source)] == ["error"]
    assert [one.severity for one in lint_problems(source, as_of=TODAY)] == ["warning"]


# The list of rules and its page


def test_every_rule_has_a_reason_with_a_source_and_tasks() -> None:
    rules = gap_rules()
    assert list(rules) == [f"PG-{number:02}" for number in range(1, 26)]
    for rule in rules.values():
        assert rule.source
        assert rule.reason.endswith(f"({rule.source}).")
        assert rule.tasks
        assert set(rule.tasks) <= {f"CT{number}" for number in range(1, 13)}
        assert rule.element in ("planning", "organisation", "equipment", "training", "exercise")
        assert rule.static or rule.dynamic


def test_the_page_about_the_plan_names_every_gap_with_its_title_and_source() -> None:
    page = (DOCS / "the-plan.md").read_text("utf-8")
    for rule in gap_rules().values():
        assert f"| {rule.id} | {rule.title} ({rule.source}) |" in page


def test_the_smallest_plan_on_the_page_can_be_used() -> None:
    page = (DOCS / "the-plan.md").read_text("utf-8")
    text = page.split("```yaml\n")[1].split("```")[0]
    assert check_plan(loads(text, "plan.yaml", Plan)) == []


def test_the_page_says_which_gaps_reading_and_runs_can_show() -> None:
    rows = [line for line in (DOCS / "the-plan.md").read_text("utf-8").splitlines() if line.startswith("| PG-")]
    for row, rule in zip(rows, gap_rules().values(), strict=True):
        _, _, _, test, run, _ = (cell.strip() for cell in row.split("|"))
        assert rule.static == (test != "Reading can't tell.")
        assert rule.dynamic == (run == "yes")


# Whatever a plan says or leaves out


MUTATIONS: dict[str, tuple[str, list[Edit]]] = {
    "the social lead's deputy is struck out": ("PG-02", [Drop(("people", 3, "deputy"))]),
    "legal takes an hour": ("PG-01", [Put(("people", 9, "reach"), {"p50": "60m", "p90": "2h"})]),
    "mail is no longer covered": ("PG-06", [Put(("dashboard", 4, "covers"), ["post", "ad"])]),
    "the words for layoffs are lost": ("PG-03", [Drop(("holding", 4))]),
    "anybody comments under the videos at night": ("PG-07", [Put(("channels", 3, "comments"), "open")]),
    "people must be followed, as in 2010": (
        "PG-16",
        [
            Put(("private_path", "channels", "flit", "needs_follow"), True),
            Put(("channels", 0, "mechanic"), "legacy_2010"),
        ],
    ),
    "the crisis page stands on our own machines": ("PG-15", [Put(("channels", 6, "hosted_separately"), False)]),
    "there is no way around the top": ("PG-10", [Drop(("bypass",))]),
    "the committee met five months ago": ("PG-14", [Put(("committee", "last_met"), "2026-06-22")]),
}


@pytest.mark.parametrize("case", MUTATIONS)
def test_one_thing_changed_in_the_shipped_example_is_one_gap_more(case: str) -> None:
    gap, edits = MUTATIONS[case]
    source = shipped("tarn-and-tide")
    before = {key(one) for one in lint(source.value, as_of=TODAY)}
    changed = loads(edited(source.text, edits), "plan.yaml", Plan).value
    more = [one for one in lint(changed, as_of=TODAY) if key(one) not in before]
    assert gap in {one.gap for one in more}


@pytest.mark.parametrize("name", PLANS)
def test_all_proposals_together_leave_only_what_a_person_must_decide(name: str) -> None:
    source, scenario = shipped(name), world(name)
    for _ in range(2):  # a statement that one proposal adds may ask for an approval
        every = [edit for one in lint(source.value, scenario, as_of=TODAY) for edit in one.edits]
        source = loads(edited(source.text, every), "plan.yaml", Plan)
    assert [one for one in lint(source.value, scenario, as_of=TODAY) if one.edits] == []
    assert check_plan(source) == []


@given(st.data())
def test_a_plan_with_anything_left_out_is_linted_in_order(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(PLANS))
    value: Any = read(shipped(name).text).root.value  # type: ignore[union-attr]
    for _ in range(data.draw(st.integers(1, 25))):
        holder: Any = value
        while data.draw(st.integers(0, 3)):
            inner = [
                one
                for one in (holder.values() if isinstance(holder, dict) else holder)
                if isinstance(one, dict | list) and one
            ]
            if not inner:
                break
            holder = data.draw(st.sampled_from(inner))
        spots = [*holder] if isinstance(holder, dict) else [*range(len(holder))]
        if spots:
            del holder[data.draw(st.sampled_from(spots))]
    try:
        plan = Plan.model_validate(value)
    except ValidationError:
        return
    for scenario in (None, world(name)):
        found = lint(plan, scenario, as_of=TODAY)
        assert found == lint(plan, scenario, as_of=TODAY)
        assert [one.gap for one in found] == sorted(one.gap for one in found)


# -- as a command ------------------------------------------------------------------------------------------------


def test_check_says_why_each_gap_matters_once() -> None:
    told = said("check", str(library.path("plans", "tarn-and-tide")), "--as-of", "2026-11-22").out.splitlines()
    for id_ in {one.gap for one in lint(shipped("tarn-and-tide").value, as_of=TODAY)}:
        assert 1 == told.count(f"{id_}: {gap_rules()[id_].reason}")


def test_check_prints_the_changes_that_would_mend_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "tarn-and-tide.yaml"
    path.write_text(shipped("tarn-and-tide").text, "utf-8")
    told = said("check", str(path), "--diff", "--as-of", "2026-11-22")
    assert (0, "") == (told.code, told.err)
    mended = loads(patched(shipped("tarn-and-tide").text, told.out), "plan.yaml", Plan).value
    left = lint(mended, as_of=TODAY)
    assert left and not any(one.edits for one in left)


def test_only_a_plan_can_be_mended_by_rule() -> None:
    path = str(library.path("drills", "tarn-and-tide"))
    told = said("check", path, "--diff")
    assert (1, "", f"{path}:1:1: this is a drill; only a plan can be mended by rule\n") == told.parts
