"""Texts that try to please the rules and help nobody, three or more of each kind, and what they come to.

None may be worth more than 2 of 4. The contexts are not those of the labelled messages.
"""

from __future__ import annotations

from dataclasses import dataclass

from drills.tone import Context, read
from engine.reading import PPM

BAR = 0.5


@dataclass(frozen=True, slots=True)
class Try:
    """A text, what it is given as an answer to, and whose post that is."""

    text: str
    post: str
    about: str
    severity: str = "crisis"
    author: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worth:
    """What a try comes to, 0 to 1, and the caps that it ran into."""

    overall: float
    caps: tuple[str, ...]


FERRY = (
    "Three hours on a drifting ferry, my kids were sick all over the car deck and your crew told us nothing @Norrline",
    "Ferry line: a ferry drifted for three hours after an engine failure; families without food or news",
)
MATTRESS = (
    "The mattress you sold me has bed bugs. I have thrown out half my flat. @SlumberCo",
    "Mattress seller: returned mattresses were sold as new, some with bed bugs",
)
SCHOOL = (
    "My daughter's lunch had nuts in it and you KNEW she is allergic @CanteenPlus",
    "School caterer: a nut sauce was served to allergic children, one went to hospital",
)
THEATRE = (
    "Row F was double sold, we watched the musical standing @OrpheumHall",
    "Theatre: seats of one night sold twice",
)
CRISES = (FERRY, MATTRESS, SCHOOL)

SALAD = (
    "sorry apology ferry kids sick crew our fault refund today DM thank you understand fix 5 pm Anna",
    "Apologise unreservedly! Responsibility! Refund! Ownership! Empathy! Next update 16:00! DM! Thanks! Nils",
    "Sorry, our fault. No excuse. It was wrong. We stopped it. Full refund. Next update 18:00. DM us. Thank you. Eva",
    "ferry three hours kids sick crew sorry wrong responsible repaired refunded replaced promise 17:00 thanks",
)
MODELS = (
    "Row F was sold twice, and that is our mistake. I'm sorry you stood through the second act. Both tickets are "
    "refunded as of this morning, and two seats in row C are yours on any night in June: DM me the date. "
    "Lina, box office",
    "Two bouquets, both dead on arrival, on your mother's eightieth: that's on us and I am sorry. The florist in her "
    "street has a fresh one ready at 4 today, and your card is refunded. Ring me if it is late. Tomas, Petal & Stem",
    "The kiln door failed and forty pots cracked, yours among them. We should have checked the hinge. I'm sorry about "
    "your bowl. Saturday's class is free for everyone who lost a piece, and the glaze is on us. Mira, Claywork",
)
GENERIC = (
    "I'm so sorry, you should never have had to go through this. It's our fault and there's no excuse. I have passed "
    "it to my manager, you'll hear from us by 5 pm today, and we'll make it right. Send me a DM any time. Eve"
)
PASTED = tuple(
    Try(model, *place, history=(model,) * paste) for model in (*MODELS, GENERIC) for place in CRISES for paste in (0, 1)
)
PERSON = (
    Try(
        "Dear Marcus, I am so sorry that the ferry drifted for three hours and that your kids were sick. That's on us. "
        "Your fare is refunded today and a new crossing is yours. Nils",
        *FERRY,
        author="Dorothea Lind",
    ),
    Try(
        "Hi Carmen, you are right, and I'm sorry about the mould in your bathroom. Our plumber should have come on "
        "Tuesday. He rings you at 9 tomorrow and we pay for the tiles. Ole",
        *MATTRESS,
        author="Bettina Frey",
    ),
    Try(
        "I'm sorry that we lost your grandmother's suitcase in Lisbon. That is our fault. A courier brings it to your "
        "hotel by 6 pm and we cover the clothes you had to buy. Jana",
        *SCHOOL,
    ),
    Try(
        "We are sorry about the burnt pizza and the rude driver. We refunded the whole order and we have spoken to "
        "him. Next one is on us. Paolo",
        *FERRY,
    ),
)
PRAISE = (
    "Norrline has connected the islands since 1921 with passion and heart. Our award-winning crews love what they do, "
    "and millions of happy guests every year say so. We are proud to be the most loved ferry line of the north!",
    "Safety is our top priority and always has been. Our modern fleet, our excellent training and our wonderful team "
    "make every crossing with us a very special experience for the whole family, kids included.",
    "We are a family company with strong values. Quality, honesty and care are in our DNA, and we go the extra mile "
    "for every single guest on every ferry, every day. Thank you for being part of our story!",
)
_CARE = (
    "We understand how you feel. It must have been frightening, and nobody should have to go through that. ",
    "Our hearts go out to you and your family. We can imagine how hard those hours were for your kids. ",
    "You were scared, you were tired, and you felt alone on that deck; we feel with you. ",
    "What you went through touches all of us deeply, and we are thinking of you tonight. ",
    "No parent should see a child cry like that. It breaks our hearts to read your words. ",
    "We are so sorry, from the bottom of our hearts, for every minute of fear on that ferry. ",
)
EMPATHY = tuple(
    "".join(_CARE[(first + step) % 6] for step in range(40))[:2000].rsplit(" ", 1)[0] for first in (0, 2, 4)
)
ECHOED = (
    Try(FERRY[0], *FERRY),
    Try(
        "Three hours on a drifting ferry, your kids were sick all over the car deck, and our crew told you nothing.",
        *FERRY,
    ),
    Try("So the mattress we sold you has bed bugs, and you have thrown out half your flat. We hear you.", *MATTRESS),
    Try("We're sorry: your daughter's lunch had nuts in it, and we knew that she is allergic.", *SCHOOL),
    Try(
        "You watched the musical standing because row F was double sold. We understand that.",
        *THEATRE,
        severity="issue",
    ),
)
STRINGS: dict[str, tuple[Try, ...]] = {
    "keyword salad": tuple(Try(text, *FERRY, severity=kind) for text in SALAD for kind in ("crisis", "issue")),
    "model answer everywhere": PASTED,
    "the wrong person": PERSON,
    "praise of the brand": tuple(Try(text, *FERRY, severity=kind) for text in PRAISE for kind in ("crisis", "issue")),
    "2,000 characters of empathy": tuple(
        Try(text, *FERRY, severity=k) for text in EMPATHY for k in ("crisis", "issue")
    ),
    "the customer's own words": ECHOED,
}


def judged(item: Try) -> Worth:
    """What a try is worth."""
    level = {"crisis": 3, "issue": 1}[item.severity]
    context = Context(
        post=item.post,
        about=item.about,
        severity=item.severity,  # type: ignore[arg-type]
        level=level,
        author_name=item.author,
        history=item.history,
    )
    reading = read(item.text, context)
    caps = sorted({finding.rule for finding in reading.findings if finding.rule.startswith(("gate.", "sameness."))})
    return Worth(reading.overall / PPM, tuple(caps))
