"""The measures themselves, on cases done by hand."""

import pytest

from tests.validation import judging


def labelled(name: str, overall: int, better: bool | None = None, **labels: int | None) -> judging.Message:
    message = {"id": name, "overall": overall, "labels": {"language_match": 2, **labels}}
    return message if better is None else {**message, "pair_id": "p", "better": better}


def verdict(name: str, overall: float, **dimensions: float) -> judging.Verdict:
    every = dict.fromkeys(judging.DIMENSIONS, None) | {"language_match": 1.0} | dimensions
    return {"id": name, "overall": overall, "dimensions": every}


def test_ties_share_their_mean_rank() -> None:
    assert judging.ranks([3, 1, 3, 2]) == [3.5, 1, 3.5, 2]


def test_rank_correlation() -> None:
    assert judging.spearman([1, 2, 3, 4], [10, 20, 20, 40]) == pytest.approx(0.9486833)
    assert judging.spearman([1, 2, 3], [9, 5, 1]) == pytest.approx(-1)
    assert judging.spearman([1, 2, 3], [7, 7, 7]) == 0


def test_area_under_the_curve_counts_ties_half() -> None:
    assert judging.auc([2, 3], [0, 1]) == 1
    assert judging.auc([1, 0], [1, 0]) == 0.5
    assert judging.auc([1, 2], [1, 0]) == pytest.approx(3.5 / 4)


def test_a_pair_is_right_when_its_better_text_scores_higher() -> None:
    two = [labelled("a", 4, better=True), labelled("b", 1, better=False)]
    assert judging.pairs(two, [verdict("a", 0.9), verdict("b", 0.2)]) == judging.Pairs(1, 1, ())
    assert judging.pairs(two, [verdict("a", 0.2), verdict("b", 0.2)]) == judging.Pairs(0, 1, ("p",))


def test_an_area_needs_positives_and_negatives_enough_and_leaves_out_what_is_not_labelled() -> None:
    texts = [labelled(str(number), 2, thanks=number % 2, politeness=1 + number % 2) for number in range(10)]
    texts.append(labelled("x", 2, thanks=None))
    found = [verdict(str(number), 0.5, thanks=float(number % 2), politeness=0.5) for number in range(10)]
    found.append(verdict("x", 0.5, thanks=0.0))
    areas = {area.dimension: area for area in judging.areas(texts, found)}
    assert areas["thanks"] == judging.Area("thanks", 1.0, 5, 5)
    assert areas["politeness"] == judging.Area("politeness", 0.5, 5, 5)
    assert judging.areas(texts[:8], found[:8]) == []


def test_red_flags_name_their_words() -> None:
    flags = judging.flags(["Thanks, all good.", "We are sorry if anyone was offended.", "Post your phone number here."])
    assert [(flag.kind, flag.number) for flag in flags] == [("non_apology", 1), ("personal_data_leak", 2)]
    assert flags[0].spans == ("sorry if",)
    assert flags[1].rules == ("leak.asks",)


def test_every_message_has_its_own_id_and_known_labels() -> None:
    names = ("tone_dev", "tone_fresh", "tone_unseen", "tone_last")
    every = [message for name in names for message in judging.messages(name)]
    assert len({message["id"] for message in every}) == len(every) == 170
    assert {name for message in every for name in message["labels"]} <= set(judging.DIMENSIONS)
    assert {value for message in every for value in message["labels"].values()} <= {0, 1, 2, None}


def test_a_quantile_is_one_of_the_values() -> None:
    assert judging.quantile([1, 2, 3, 4], 0.5) == 3
    assert judging.quantile([1, 2, 3, 4], 0.95) == 4


def test_a_reply_is_judged_in_a_few_milliseconds() -> None:
    took = judging.milliseconds(judging.messages("tone_dev"))
    assert judging.quantile(took, 0.5) < 10
