"""Whom the third person pronouns of a line mean: the partner, somebody else, or one cannot tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from voice.language.person.agreement import base
from voice.language.person.lexicon import (
    AFTER_A_VERB,
    AGREEING,
    ANYBODY,
    ASKING,
    CAUSING,
    DETERMINERS,
    FINITE,
    HE,
    HER_IS_NO_OWNER,
    JOINS_CLAUSES,
    MANY,
    MEN,
    NOUNS_IN_ING,
    OBJECT,
    OTHER_SUBJECTS,
    OWNED,
    OWNER,
    PREPOSITIONS,
    SELF,
    SHE,
    SUBJECT,
    THEY,
    THING_VERBS,
    VERBS,
    WOMEN,
)
from voice.language.person.punctuated_words import PunctuatedWord


class Role(Enum):
    """What a pronoun is in its clause."""

    SUBJECT = auto()
    OBJECT = auto()
    OWNER = auto()
    """his, her, their: before what is owned."""
    OWNED = auto()
    """hers, theirs: alone."""
    SELF = auto()


class Meant(Enum):
    """Whom a pronoun means."""

    PARTNER = auto()
    OTHER = auto()
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A third person pronoun of a line."""

    at: int
    """Index of its word."""
    role: Role
    """What it is in its clause."""
    gender: str
    """HE, SHE or THEY."""
    ending: str
    """What is joined to it: "'s", "'ll"; "" for nothing."""
    meant: Meant
    """Whom it means."""


@dataclass(slots=True)
class _Scene:
    """Who has been mentioned so far, and who acts in the present clause."""

    is_partner_named: bool = False
    partner_is: str = ""
    """HE, SHE or THEY, once a pronoun said so."""
    others: list[frozenset[str]] = field(default_factory=list)
    """Of each other person or thing so far: the pronouns that may stand for it."""
    things: bool = False
    """Several things were named, which "they" may mean."""
    partner_acts: bool = False
    """The partner is the subject of the present clause, and nobody else came between."""
    is_doing: bool = False
    """The line begins with "making ..." and nobody else was named: the partner does that, or the speaker."""
    asked: bool = False
    """Somebody was just asked something: what follows is about them."""

    def may_be_other(self, gender: str) -> bool:
        return any(gender in genders for genders in self.others)

    def may_be_partner(self, gender: str) -> bool:
        return self.partner_is in ("", gender) and (self.is_partner_named or not self.may_be_other(gender))


def pronouns(words: Sequence[PunctuatedWord]) -> list[Pronoun]:
    """The third person pronouns of a line about the partner, from left to right, and whom each means.

    A pronoun means the partner where nobody else who was named can be meant by it. What "she" once means, she means to
    the end. Nobody who acts does so upon "him" or "her": that is somebody else.
    """
    scene, found = _Scene(), list[Pronoun]()
    if words and words[0].plain.endswith("ing") and words[0].plain not in NOUNS_IN_ING:
        scene.is_partner_named, scene.is_doing = True, True
    for at in range(len(words)):
        pronoun = _pronoun_at(words, at, scene)
        if pronoun:
            found.append(pronoun)
        _move_on(words, at, scene, pronoun)
    return found


def _pronoun_at(words: Sequence[PunctuatedWord], at: int, scene: _Scene) -> Pronoun | None:
    stem, quote, ending = words[at].plain.partition("'")
    if stem in SUBJECT and ending in ("", "s", "re", "ve", "d", "ll"):
        return Pronoun(at, Role.SUBJECT, SUBJECT[stem], quote + ending, _subject(words, at, SUBJECT[stem], scene))
    if quote:
        return None
    if stem in SELF:
        acts_alone = scene.partner_acts or scene.is_doing
        meant = Meant.PARTNER if acts_alone or not scene.others else Meant.UNCLEAR
        return Pronoun(at, Role.SELF, SELF[stem], "", meant)
    if stem in OWNER and (stem != "her" or her_owns(words, at)) and (stem != "his" or _owns(words, at)):
        return Pronoun(at, Role.OWNER, OWNER[stem], "", _owner(OWNER[stem], scene))
    if stem in OWNED:
        return Pronoun(at, Role.OWNED, OWNED[stem], "", _owner(OWNED[stem], scene))
    if stem in OBJECT:
        return Pronoun(at, Role.OBJECT, OBJECT[stem], "", _object(OBJECT[stem], scene))
    return None


def _subject(words: Sequence[PunctuatedWord], at: int, gender: str, scene: _Scene) -> Meant:
    if scene.asked and scene.may_be_other(gender):
        return Meant.OTHER
    if gender == THEY and scene.things and at + 1 < len(words) and words[at + 1].plain in THING_VERBS:
        return Meant.OTHER
    return _choose(gender, scene, things=True)


def _owner(gender: str, scene: _Scene) -> Meant:
    return _choose(gender, scene, things=False)


def _object(gender: str, scene: _Scene) -> Meant:
    if scene.partner_acts:
        return Meant.OTHER
    return Meant.UNCLEAR if scene.is_doing else _choose(gender, scene, things=True)


def _choose(gender: str, scene: _Scene, *, things: bool) -> Meant:
    other = scene.may_be_other(gender) or (things and gender == THEY and scene.things)
    if not scene.may_be_partner(gender):
        return Meant.OTHER
    if scene.partner_is == gender and not other:
        return Meant.PARTNER
    return Meant.UNCLEAR if other else Meant.PARTNER


def her_owns(words: Sequence[PunctuatedWord], at: int) -> bool:
    """Whether "her" here is like "his" (her coat), not like "him" (called her, made her laugh)."""
    if at + 1 == len(words) or words[at].after:
        return False
    before = words[at - 1].plain if at else ""
    if before in JOINS_CLAUSES or before in ("", "and", "but"):
        return words[at + 1].plain not in PREPOSITIONS
    return words[at + 1].plain not in HER_IS_NO_OWNER and before not in CAUSING


def _owns(words: Sequence[PunctuatedWord], at: int) -> bool:
    return at + 1 < len(words) and not words[at].after and words[at + 1].plain not in PREPOSITIONS


# ---- who comes into the scene ----------------------------------------------------------------------------


def _move_on(words: Sequence[PunctuatedWord], at: int, scene: _Scene, pronoun: Pronoun | None) -> None:
    word = words[at]
    if pronoun:
        _take_pronoun(scene, pronoun)
    elif word.is_partner:
        scene.is_partner_named = True
        scene.partner_acts = word.word == "@" and is_subject(words, at)
    elif word.plain.split("'")[0] in OTHER_SUBJECTS:
        scene.partner_acts = False
    elif genders := person(words, at):
        scene.others.append(genders)
        scene.partner_acts = scene.partner_acts and not acts(words, at)
    elif _is_plural(word):
        scene.things = True
    if word.plain in JOINS_CLAUSES:
        scene.asked = scene.asked and word.plain in ("how", "if", "what", "where", "whether", "why")
        scene.partner_acts = scene.partner_acts and word.plain in ("even", "so", "before", "after", "while", "since")
    elif word.plain in ASKING:
        scene.asked = True


def _take_pronoun(scene: _Scene, pronoun: Pronoun) -> None:
    if pronoun.meant is Meant.PARTNER:
        scene.is_partner_named, scene.partner_is = True, pronoun.gender
        if pronoun.role is Role.SUBJECT:
            scene.partner_acts = True
    elif pronoun.meant is Meant.OTHER:
        if not scene.may_be_other(pronoun.gender):
            scene.others.append(frozenset({pronoun.gender}))
        if pronoun.role is Role.SUBJECT:
            scene.partner_acts = False
    scene.asked = scene.asked and pronoun.role is not Role.SUBJECT


def person(words: Sequence[PunctuatedWord], at: int) -> frozenset[str]:
    """The pronouns that may stand for the person who is named here; none where nobody is."""
    word = words[at]
    plain = word.plain.removesuffix("'s").removesuffix("'")
    if plain in MEN:
        return frozenset({HE})
    if plain in WOMEN:
        return frozenset({SHE})
    if plain in ANYBODY:
        return frozenset({HE, SHE, THEY})
    singular = plain[:-1] if plain.endswith("s") and not plain.endswith("ss") else ""
    if plain in MANY or singular in MEN or singular in WOMEN or singular in ANYBODY or plain == "babies":
        return frozenset({THEY})
    if at and word.is_capital and plain not in ("i", "i'm", "i've", "i'd", "i'll"):
        return frozenset({HE, SHE, THEY}) if words[at - 1].plain not in DETERMINERS else frozenset()
    return frozenset()


def acts(words: Sequence[PunctuatedWord], at: int) -> bool:
    """Whether the person named here is the subject of what follows: "the kids love him", not "for the kids"."""
    start = at
    while start and words[start - 1].plain in DETERMINERS:
        start -= 1
    before = words[start - 1].plain if start else ""
    if before in PREPOSITIONS or before in CAUSING or at + 1 == len(words) or words[at].word.endswith("'s"):
        return False
    verb = words[at + 1].plain
    object_follows = at + 2 < len(words) and words[at + 2].plain in AFTER_A_VERB
    known = base(verb) in VERBS or verb in AGREEING or verb in FINITE
    return known or verb.endswith("ed") or (verb.endswith("s") and object_follows)


def _is_plural(word: PunctuatedWord) -> bool:
    plain = word.plain
    return len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is", "'s"))


def is_subject(words: Sequence[PunctuatedWord], at: int) -> bool:
    """Whether the partner, named at this place, is the subject of a clause."""
    if not at:
        return True
    before = words[at - 1].plain
    return before not in PREPOSITIONS and (not before.endswith("ing") or before in NOUNS_IN_ING)
