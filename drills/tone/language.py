"""Which language a text is in, by its alphabet and its commonest words: enough to ask whether two are the same."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 4
"""Shorter texts are not judged."""

_COMMON = {
    "en": "the and is are was to of for you we our your it this that with not have has be will on in at i sorry please "
    "by from about can what how me my us they but so or as if do an",
    "fr": "le la les et est sont de des du un une nous vous votre notre pour que qui ne pas dans sur avec je avons êtes "
    "ce cette au aux en désolé désolés merci mais ou si par plus",
    "es": "el la los las y es son de del un una nos que no en para con por su sus se lo hemos ha está este esta estamos "
    "gracias sentimos pero o si como más al muy",
    "de": "der die das und ist sind wir sie ihr ihre uns nicht ein eine einen für mit auf den dem des im zu von haben "
    "hat wird es tut leid bitte danke aber oder wenn auch",
    "lv": "un ir mēs jūs jūsu mūsu par no ar uz ka kas lai nav bet tas šis šo vai jau arī būs esam paldies lūdzu ļoti "
    "pie kā",
    "it": "il lo la gli le e è sono di del della un una ci che non per con su siamo abbiamo questo questa vostro grazie "
    "ma o se come più al",
    "pt": "o a os as e é são de do da um uma nos que não para com por seu sua se temos foi este esta estamos obrigado "
    "mas ou como mais ao",
    "nl": "de het een en is zijn wij we u uw ons onze niet voor met op van te dat die dit hebben heeft wordt sorry "
    "bedankt maar of als ook",
}
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def detect(text: str) -> str:
    """Two letters (`en`, `fr`, `es`, `de`, `lv`, `it`, `pt`, `nl`, `ru`, `zh`, `ja`), or '' where it is too short to say."""
    sample = text[:2000].lower()
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return ""
    kana = sum("\u3040" <= c <= "\u30ff" for c in letters)
    han = sum("\u4e00" <= c <= "\u9fff" for c in letters)
    if (kana + han) * 3 > len(letters) and kana + han >= LEAST_WORDS:
        return "ja" if kana * 5 > han else "zh"
    words = _WORDS.findall(sample)
    if len(words) < LEAST_WORDS:
        return ""
    if sum("\u0400" <= c <= "\u04ff" for c in letters) * 2 > len(letters):
        return "ru"
    counts = {language: sum(word in common for word in words) for language, common in _SETS.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    second = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= 2 and counts[best] > second else ""
