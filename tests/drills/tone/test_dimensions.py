"""One or more sentences for each family of rules, right and wrong."""

from typing import Any

import pytest

from drills.tone import Context, read
from scenarios.model import Scenario

HIGH, LOW = 500_000, 250_000


def value(dimension: str, text: str, **context: Any) -> int:
    found = read(text, Context(**{"post_need": "complaint", **context})).dimensions[dimension]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("dimension", "text"),
    [
        ("sincere_apology", "We apologise without reservation."),
        ("sincere_apology", "I'm sorry, both for what he said and for how you have to live."),
        ("non_apology", "We are sorry you feel that way."),
        ("non_apology", "We regret that our post may have been perceived as offensive."),
        ("non_apology", "I apologise to those who felt hurt."),
        ("non_apology", "We're sorry. However, the video shows only a part."),
        ("ownership", "We broke it and there is no excuse."),
        ("ownership", "A bad seal got past our tests."),
        ("defensiveness", "The quote was taken out of context."),
        ("defensiveness", "Have you descaled it? Most leaks are caused by incorrect use."),
        ("defensiveness", "Under our terms of service refunds are excluded."),
        ("defensiveness", "This is an isolated case."),
        ("defensiveness", "We are not in a position to comment."),
        ("concrete_action", "A new one goes out to you today."),
        ("concrete_action", "We have stopped it and will post here by 5 pm."),
        ("thanks", "Thank you for telling us."),
        ("private_channel", "Drop us a DM."),
        ("politeness", "Sorry about that, could you send us a photo please?"),
        ("unprofessional", "Grow up."),
        ("unprofessional", "NO, YOU ARE. LEARN TO READ!"),
        ("unprofessional", "What the fuck."),
        ("unprofessional", "Calm down, it's just a phone."),
        ("unprofessional", "Well, your loss."),
        ("unprofessional", "Bad luck."),
        ("jargon_boilerplate", "Rest assured that we take this very seriously."),
        ("jargon_boilerplate", "Pursuant to the convention liability will be established in due course."),
        ("overpromise_speculation", "This will never, ever happen again."),
        ("overpromise_speculation", "It's totally safe."),
        ("overpromise_speculation", "It was probably a software update."),
        ("personal_data_leak", "Please post your account number and date of birth here."),
        ("personal_data_leak", "Your account was suspended because you owe us two payments."),
        ("human_voice", "Oh no. I'll ring them now. Does that help? Ben"),
        ("empathy", "No child should leave our shop in tears."),
        ("empathy", "You lost two days of work because of us."),
        ("acknowledgement", "That post was cruel and you are right to be angry."),
    ],
)
def test_a_sentence_that_shows_it(dimension: str, text: str) -> None:
    assert value(dimension, text) >= HIGH


@pytest.mark.parametrize(
    ("dimension", "text"),
    [
        ("non_apology", "I'd like to apologise to her in person, if you want that."),
        ("non_apology", "Sorry for the wait, but we are on it now."),
        ("sincere_apology", "Sorry, but you can not return it."),
        ("sincere_apology", "Customers should apologise to our staff."),
        ("ownership", "It was not our fault."),
        ("ownership", "The taxi is on us."),
        ("defensiveness", "We can't discuss that filing. What we can say: nobody was hurt."),
        ("defensiveness", "The employee has been removed from the account."),
        ("defensiveness", "We will not speculate."),
        ("defensiveness", "Off shelves since Wed; you should have been told."),
        ("defensiveness", "It has been off the shelves since Wednesday; you should have known on Wednesday."),
        ("defensiveness", "Parents should have known from us that day, and we were silent. That is our fault."),
        ("overpromise_speculation", "We can't guarantee a time."),
        ("overpromise_speculation", "We don't know yet and won't guess."),
        ("personal_data_leak", "Please DM me your phone number and address."),
        ("personal_data_leak", "Please do not post your phone number here."),
        ("unprofessional", "Please call the FAQ line or DM our CEO."),
        ("unprofessional", "We are so sorry for your loss, Mary."),
        ("unprofessional", "So yours was not bad luck either, Beate, I'm sorry."),
        ("unprofessional", "How lovely, happy eightieth to your mother! We open at ten on Sunday."),
        ("jargon_boilerplate", "We broke it and we pay for it."),
        ("private_channel", "This is not a private matter."),
        ("thanks", "Thanks to our supplier nothing works."),
    ],
)
def test_a_sentence_that_only_looks_like_it(dimension: str, text: str) -> None:
    assert value(dimension, text) <= LOW


def test_a_wrong_phrase_in_a_quotation_of_a_remark_owned_up_to_is_no_insult() -> None:
    assert value("unprofessional", "He said people should stop whining. It was an arrogant thing to say.") == 0


def test_a_sorry_for_what_nobody_here_did_is_no_apology() -> None:
    assert value("sincere_apology", "Sorry to hear that.") < value("sincere_apology", "Sorry, we broke it.")


def test_humour_is_judged_by_the_moment() -> None:
    joke = "Guilty! Blame it on Monday, haha."
    fun = {"post": "Your sign made my bus laugh 😂", "post_need": "none"}
    assert value("unprofessional", joke, severity="crisis") >= HIGH
    assert value("unprofessional", joke, severity="issue", level=1, **fun) <= LOW
    assert value("unprofessional", joke, severity="opportunity", level=0, **fun) == 0


def test_in_a_scenario_the_scenario_says_whether_humour_is_right(brightpan: Scenario) -> None:
    late = brightpan.model_copy(update={"humour": "late"})
    assert value("unprofessional", "Haha.", scenario=late, level=3) > value(
        "unprofessional", "Haha.", scenario=late, level=1
    )


def test_a_small_slip_wants_a_small_apology() -> None:
    text = "Please accept our deepest and most heartfelt apologies, we are profoundly ashamed."
    assert value("jargon_boilerplate", text, severity="issue", level=1) >= HIGH
    assert value("jargon_boilerplate", text, severity="crisis") == 0


def test_naming_who_was_harmed_counts_at_once_and_not_later(brightpan: Scenario) -> None:
    context = {"scenario": brightpan, "channel_kind": "statement"}
    first = "It hurt the premier and her family. We took it down. More at 22:00."
    late = "We took it down. More at 22:00. It hurt the premier and her family."
    assert value("empathy", first, **context) > value("empathy", late, **context)


def test_shared_words_acknowledge() -> None:
    post = "My cello arrived broken"
    assert value("acknowledgement", "Your cello, broken.", post=post) > value("acknowledgement", "Noted.", post=post)


def test_the_name_of_the_person_sounds_human() -> None:
    text = "That is fair, Owen."
    assert value("human_voice", text, author_name="Owen Pratt") > value("human_voice", "That is fair.")


def test_sameness_and_the_private_channel_do_not_apply_everywhere() -> None:
    reading = read("Hello.", Context(channel_kind="dm"))
    assert reading.dimensions["sameness"] is None
    assert reading.dimensions["private_channel"] is None


def test_findings_point_at_the_words_worst_first() -> None:
    text = "We're sorry if anyone was offended. Thank you for telling us."
    findings = read(text, Context()).findings
    assert text[findings[0].start : findings[0].end] == "sorry if"
    assert [item.value for item in findings] == sorted(item.value for item in findings)
    assert findings[0].tip
    assert findings[-1].value > 0


@pytest.mark.parametrize("text", ["You should have known better.", "You should have known before you bought it.",
                                  "Parents should have known that it spoils."])  # fmt: skip
def test_whoever_is_told_what_they_should_have_known_is_blamed(text: str) -> None:
    assert value("defensiveness", text) >= HIGH
