"""Turns English said about a partner into English said to them: "Sam makes soup" -> "you make soup"."""

import re
from dataclasses import dataclass

from voice.language.person.agreement import agree_after
from voice.language.person.contractions import with_whole_is, without_possessive
from voice.language.person.lexicon import CLAUSE_STARTS, SUBJECT, YOU
from voice.language.person.punctuated_words import MARK, PunctuatedWord, joined, punctuated_words
from voice.language.person.referents import Meant, Pronoun, Role, is_subject, pronouns

_FIGURES = re.compile(r"\b(?:you know|you see|mind you|thank you|told you so|bless you)\b")
_INSTEAD = {Role.SUBJECT: MARK, Role.OBJECT: MARK, Role.OWNER: "your", Role.OWNED: "yours", Role.SELF: "yourself"}


@dataclass(frozen=True, slots=True)
class Turned:
    """A line as it is said to the partner whom it is about."""

    text: str
    """A clause without a full stop; the line as it was said where it is not sure."""
    is_sure: bool
    """Whether it is clear of every pronoun whom it means."""


def turned(text: str, of: str, by: str) -> Turned:
    """`text`, which `by` said about `of`, as it is said to `of`.

    The name becomes "you" or "your", verbs agree, and pronouns follow where they can mean nobody else. The first person
    is a quotation and stays; so does a line that speaks to the partner already. A "that" which only joins goes, and the
    full stop. Where a pronoun may mean the partner or somebody else, the line stays as it was said.
    """
    words = punctuated_words(text, of)
    if not words:
        return Turned("", is_sure=True)
    if len(words) > 1 and words[0].plain == "that" and words[1].plain in CLAUSE_STARTS:
        del words[0]
    words = _without_second_subject(_without_call(words))
    if _speaks_to_partner(words):
        return Turned(_lower(joined(_named(words, of)), by, of), is_sure=True)
    found = pronouns(words)
    if any(each.meant is Meant.UNCLEAR for each in found) or (found and _says_you(words)):
        return Turned(_lower(joined(_named(words, of)), by, of), is_sure=False)
    return Turned(_lower(joined(_second_person(words, found)), by, of), is_sure=True)


def _without_call(words: list[PunctuatedWord]) -> list[PunctuatedWord]:
    """Without the name by which the partner is called: "Sam, you made my day", "you made my day, Sam"."""
    calls = words[0].word == MARK and len(words) > 1
    if calls and (words[1].plain in YOU or (words[0].after == "," and words[1].plain not in (*SUBJECT, "and"))):
        return words[1:]
    if len(words) > 1 and words[-1].word == MARK and words[-2].after == ",":
        return [*words[:-2], PunctuatedWord(words[-2].word, words[-2].before)]
    return words


def _without_second_subject(words: list[PunctuatedWord]) -> list[PunctuatedWord]:
    """Without the pronoun that takes up the name: "Sam, he just listened"."""
    if len(words) > 1 and words[0].word == MARK and words[1].plain in SUBJECT:
        return [PunctuatedWord(MARK), *words[2:]]
    return words


def _speaks_to_partner(words: list[PunctuatedWord]) -> bool:
    """Whether "you" already is the partner: then "she" and "he" are others, and nothing is turned."""
    if words[0].plain in YOU:
        return True
    acts = any(word.word == MARK and is_subject(words, at) for at, word in enumerate(words))
    return not acts and words[0].plain.split("'")[0] not in SUBJECT and _says_you(words)


def _says_you(words: list[PunctuatedWord]) -> bool:
    """Whether somebody is spoken to as "you", beyond a mere "you know"."""
    said = " ".join(word.plain for word in words)
    return any(word in YOU for word in _FIGURES.sub("", said).split())


def _named(words: list[PunctuatedWord], of: str) -> list[PunctuatedWord]:
    return [word.instead(word.word.replace(MARK, of)) for word in words]


def _lower(text: str, by: str, of: str) -> str:
    """As in the middle of a sentence; I and names keep their capitals."""
    stays = text.startswith((by, of)) or re.match(r"I\b", text)
    return text if stays else text[:1].lower() + text[1:]


def _second_person(words: list[PunctuatedWord], found: list[Pronoun]) -> list[PunctuatedWord]:
    """The words with every mark, and the pronouns that stand for it, in the second person."""
    words = list(words)
    for each in reversed(found):
        if each.meant is Meant.PARTNER:
            ending = "" if each.ending == "'s" else each.ending
            words[each.at] = words[each.at].instead(_INSTEAD[each.role] + ending)
            if each.ending == "'s":
                words = with_whole_is(words, each.at)
            if each.role is Role.SUBJECT:
                agree_after(words, each.at)  # "like she was" too, which as a name could be "like Sam"
    for at in reversed(range(len(words))):
        if words[at].word == f"{MARK}'s":
            words = without_possessive(words, at)
    for at, word in enumerate(words):
        if word.word == MARK and is_subject(words, at):
            agree_after(words, at)
    return [word.instead(word.word.replace(MARK, "you")) for word in words]
