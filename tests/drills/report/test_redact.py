"""A redacted report names nobody, and says everything else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.report.files import rendered
from drills.report.mapped import texts_of
from drills.report.model import Report
from drills.report.redact import Names, redacted
from tests.drills.report import reports


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(reports.report(), reports.played("tarn-and-tide", "slow"))


@pytest.fixture(scope="module")
def report() -> Report:
    return redacted(reports.report(), reports.played("tarn-and-tide", "slow"))


def words(report: Report) -> str:
    """All its texts."""
    return "\n".join(texts_of(report))


def test_nobody_of_plan_cast_or_crowd_is_named(report: Report) -> None:
    run = reports.played("tarn-and-tide", "slow")
    assert run.drill.plan is not None
    people = [person.name for person in run.drill.plan.people if person.name != "Duty chemist"]
    people += [one.name for one in run.drill.scenario.cast if one.voice not in ("authority", "competitor", "partner")]
    people += [view.author for view in run.desk.posts.values() if not view.ours and view.event.author != "food-office"]
    before, after = words(reports.report()), words(report)
    named = {name for name in people if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", before)}
    kept = {one.name for one in run.drill.scenario.cast if one.voice in ("authority", "competitor", "partner")}
    assert len(named) > 20
    assert not [name for name in named - kept if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", after)]
    for part in ("Maren", "Tvedt", "Ingrid", "Voll", "Lise", "Holm", "Nora", "Quist"):
        assert part in before or part in ("Tvedt", "Holm", "Voll")
        assert not re.search(rf"\b{part}\b", after)


def handles(report: Report) -> set[str]:
    """Every @handle in it."""
    return set(re.findall(r"(?<![\w@/.])@\w[\w-]*", words(report)))


def test_every_handle_but_those_of_companies_is_another(report: Report) -> None:
    kept = {"@tarnandtide", "@kolonia_shops", "@foodsafetyoffice", "@havrely"}
    before, after = handles(reports.report()), handles(report)
    assert "@tarnandtide" in after and not before & after - kept
    assert len([one for one in after if re.fullmatch(r"@person\d+", one)]) > 10


def test_roles_stand_for_the_people_of_the_plan(names: Names) -> None:
    assert "the head of communications said" == names.without("the Ingrid Voll said").replace("the the", "the")
    assert names.without("Ask Ingrid.") == f"Ask {names.without('Ingrid Voll')}."
    assert names.without("Ask INGRID VOLL or Ingrid_Voll.").lower().count("head of communications") == 3
    assert names.without("an order, per sample") == "an order, per sample"
    assert names.without("Siv Aune") == "customer-service rep 1" != names.without("Omar Feld")


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("call ext-140 now", "call [number] now"),
        ("on +47 22 33 44 55.", "on [number]."),
        ("(020) 7946 0018", "[number]"),
        ("write to ada.s@mill.example", "write to [address]"),
        ("due 2026-12-06", "due 2026-12-06"),
        ("at T+0:12:30, 13:25, 16:20", "at T+0:12:30, 13:25, 16:20"),
        ("210 000 people, 1,200,000 views, 14 NOV", "210 000 people, 1,200,000 views, 14 NOV"),
        ("batch 7A of 2026", "batch 7A of 2026"),
    ],
)
def test_numbers_go_and_times_stay(names: Names, text: str, without: str) -> None:
    assert without == names.without(text)


def test_one_person_is_the_same_everywhere(names: Names) -> None:
    stands = names.without("Maren Tvedt")
    assert re.fullmatch(r"Person \d+", stands)
    assert f"{stands}, {stands} and @{stands.lower().replace(' ', '')}" == names.without("Maren, Tvedt and @maren_tv")


def test_scores_moments_and_shape_stay(report: Report) -> None:
    whole = reports.report()
    assert whole.summary.total == report.summary.total and whole.series.truth == report.series.truth
    assert [one.at_ms for one in whole.timeline] == [one.at_ms for one in report.timeline]
    assert [one.task for one in whole.events] == [one.task for one in report.events]


@pytest.mark.parametrize("form", ["md", "json", "html"])
def test_no_form_brings_a_name_back(form: str, report: Report) -> None:
    text = rendered(report, form).decode()  # type: ignore[arg-type]
    assert not re.search(r"Maren|Tvedt|Ingrid|Jonas Lyng|Ada Strand|Nora Quist|ext-\d", text)


def test_the_same_report_is_redacted_the_same_way(report: Report) -> None:
    assert report == redacted(reports.report(), reports.played("tarn-and-tide", "slow"))


PEOPLE = ("Maren Tvedt", "Maren", "Ingrid Voll", "Voll", "@maren_tv", "@somebody.else", "ext-140", "Nora Quist")


BETWEEN = ("and", "said:", "7A", "(", ")", "“", "\n", ",", "2026-12-06")


@given(st.lists(st.sampled_from([*PEOPLE, *BETWEEN]), max_size=9))
def test_names_go_wherever_they_stand(names: Names, parts: list[str]) -> None:
    after = names.without(" ".join(parts))
    assert not [one for one in PEOPLE if one in after]
    assert parts.count("2026-12-06") == after.count("2026-12-06")
