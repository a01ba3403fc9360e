"""Yes and no without their words: "I really did", "she wouldn't say so", "better not"; and questions asked back.

English answers a yes/no question with a subject and the auxiliary of the question, and leaves the rest out (ellipsis).
Which question was asked does not matter: the auxiliary alone says yes, its negation no. The rules read plain words:
lower case, no apostrophes. Huddleston and Pullum, "The Cambridge Grammar of the English Language" (2002), chapter 17.
"""

import re
from enum import StrEnum

from voice.language.text import plain


class ShortAnswer(StrEnum):
    """What an utterance without a yes or a no answers."""

    YES = "yes"
    NO = "no"
    ASKED_BACK = "asked back"
    """It asks what the question was about."""


_FILLER = (
    r"(?:um+|uh+|er+m?|hm+|mm+|oh|ah|aw|eh|well|so|and|look|listen|honestly|actually|really|truly|love|darling|babe|honey"
    r"|you know|to be honest|i mean|i think|i believe|i reckon|i suppose|id say|in fact|as it happens|for once|tonight"
    r"|today|this time|now|both of us|all right|alright|thanks|thank you|please)"
)
_SUBJECT = r"(?:i|we|he|she|it|that|they|you|sam|alex|both of us|we both|the two of us|(?:sam|alex) and i)"
_ADVERB = r"(?:really|actually|truly|certainly|definitely|absolutely|totally|both|all|very much|indeed|always|just)"
_POSITIVE = (
    r"(?:do|did|does|am|is|are|was|were|have|has|had|will|would|can|could|should"
    r"|(?:do )?(?:think|believe|reckon) so)"
)
_NEGATIVE = (
    r"(?:(?:do|did|does|is|are|was|were|have|has|had|wo|would|ca|could|should|ai)nt|cannot|(?:am|do|did|does|is|are|was"
    r"|were|have|has|had|will|would|can|could|should) (?:really )?not)"
)
_SO = r"(?:say so|say that|think so|believe so|reckon so|go that far|call it that|put it like that|know about that)"
_YES = re.compile(rf"^{_SUBJECT}(?: {_ADVERB})* {_POSITIVE}(?: {_ADVERB})*$")
_ASSENT = re.compile(  # sounds and words of assent, with no verb to tell them by
    r"^(?:(?:well|oh) )?(?:m+ ?h+m+|u+h+ h+u+h+|al(?:l |)right(?: then)?|why not|lets|im game|were game)$"
)
_NO = re.compile(
    rf"^(?:{_SUBJECT}(?: {_ADVERB})* {_NEGATIVE}(?: {_ADVERB})*(?: {_SO})?(?: {_ADVERB})*"
    rf"|(?:(?:id|wed|i would|we would|hed|shed) )?(?:much )?(?:better|rather|best|prefer) not(?: to)?"
    rf"|(?:im|i am|were|hes|shes|its|thats) not(?: {_ADVERB})*)$"
)
_ASKED_BACK = re.compile(
    r"^(?:\w+ ){0,2}(?:what|which|who|whose|whats)\b(?! (?:a|the (?:hell|heck)|not|fun|luck|joy)\b)(?: \w+){0,6}$"
)
_NO_QUESTION = re.compile(  # words before "what" that make a clause of it, and answers that are said as well
    r"\b(?:thats|that is|its|know|knows|just|exactly|whatever|so what|guess what|yes|yeah|yep|yup|aye|no|nope|nah|sure"
    r"|okay|ok)\b.*\b(?:what|which|who)|\b(?:yes|yeah|yep|no|nope|nah|please)$"
)


def short_answer(text: str) -> ShortAnswer | None:
    """What an utterance answers by its frame alone; None where its words must say it."""
    whole = plain(text)
    if _ASSENT.search(whole):
        return ShortAnswer.YES
    said = re.sub(rf"^(?:{_FILLER} )+|(?: {_FILLER})+$", "", whole)
    for form in (whole, said):
        if _YES.search(form):
            return ShortAnswer.YES
        if _NO.search(form):
            return ShortAnswer.NO
    if _ASKED_BACK.search(whole) and not _NO_QUESTION.search(whole):
        return ShortAnswer.ASKED_BACK
    return None
