"""What types cannot say about a scenario is told with its place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from drills import joining

STORY: dict[str, Any] = {
    "id": "x",
    "title": "X",
    "lasts": "60m",
    "brand": {"name": "X"},
    "channels": [{"id": "flit"}],
    "truth": [{"level": "L1"}],
    "themes": [{"id": "soup", "title": "The soup"}],
    "beats": [{"id": "first", "at": "T+1m", "text": "Hello?", "theme": "soup", "stirs": 3}],
}
BEAT = STORY["beats"][0]
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "twice in one list": ({"beats": [BEAT, {**BEAT}]}, "the id 'first' is given twice"),
    "a beat and a post of one name": (
        {"content": [{"id": "first", "kind": "post", "channel": "flit", "at": "T+2m", "text": "x"}]},
        "the id 'first' is given twice",
    ),
    "a fact and a falsehood of one name": (
        {"facts": [{"id": "f", "text": "x"}], "falsehoods": [{"id": "f", "text": "y", "said_as": ["y"]}]},
        "the id 'f' is given twice",
    ),
    "a channel that is not there": ({"beats": [{**BEAT, "channel": "flat"}]}, "did you mean 'flit'?"),
    "somebody named like the brand": ({"cast": [{"id": "brand", "name": "B"}]}, "the run itself gives the name"),
    "somebody named like the crowd": ({"cast": [{"id": "p12", "name": "B"}]}, "the run itself gives the name"),
    "a beat named like our texts": (
        {"beats": [{**BEAT, "id": "our-statement-1"}]},
        "the run itself gives the name",
    ),
    "a held inject with a moment": (
        {"contingency": [{"id": "later", "at": "T+9m", "text": "x"}]},
        "`at:` does nothing; move it to `beats:`",
    ),
    "a rumour that a fact corrects which is not there": (
        {"themes": [{"id": "tea", "title": "Tea", "rumour": ["nonsuch"]}]},
        "there is no fact 'nonsuch'",
    ),
    "a hashtag with its sign": (
        {"themes": [{"id": "tea", "title": "Tea", "hashtags": ["#Tea time"]}]},
        "did you mean 'TeaTime'?",
    ),
    "a friend who complains": (
        {"beats": [{**BEAT, "friendly": True, "needs": "complaint"}]},
        "a friendly post speaks up for the brand",
    ),
    "an act's cell that is not there": (
        {"public": {"coefficients": {"corrective.spread": 1}}},
        "the act 'corrective' has no number 'spread'",
    ),
    "no time at all": ({"lasts": "0m"}, "an exercise lasts from 1m to 168h, not 0s"),
    "more time than anybody has": ({"lasts": "999h"}, "an exercise lasts from 1m to 168h, not 999h"),
    "nobody may post": ({"channels": [{"id": "flit", "share": 0}]}, "warning: nobody can post"),
    "a beat after the end": ({"beats": [BEAT, {**BEAT, "id": "late", "at": "T+2h"}]}, "it would never happen"),
    "a truth that begins late": ({"truth": [{"at": "T+1m", "level": "L1"}]}, "the truth must begin at T+0m"),
    "an unknown coefficient": ({"public": {"coefficients": {"most_moods": 1}}}, "did you mean 'most_mood'?"),
    "a coefficient out of all proportion": (
        {"public": {"coefficients": {"anger_minutes": 0}}},
        "anger_minutes must be from 6 to 600, got 0",
    ),
}
"""What may be wrong, and what is said about it."""


def told(tmp_path: Any, **changes: Any) -> list[str]:
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump({**STORY, **changes}), "utf-8")
    return [str(problem) for problem in joining.check(path)]


def test_a_story_without_faults_has_no_problems(tmp_path: Any) -> None:
    assert [] == told(tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_told_in_a_sentence(name: str, tmp_path: Any) -> None:
    changes, sentence = CASES[name]
    problems = told(tmp_path, **changes)
    assert any(sentence in problem for problem in problems), problems
