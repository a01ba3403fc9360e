"""How a line about a partner goes on from "I appreciate": as a clause, a thing, a thank you, or as it is."""

import re
from dataclasses import dataclass

from voice.language.person.agreement import skip_adverbs
from voice.language.person.contractions import is_short_is
from voice.language.person.lexicon import AGREEING, DETERMINERS, FINITE, JOINS_CLAUSES, NOUNS_IN_ING, OWNER, SUBJECT
from voice.language.person.punctuated_words import MARK, PunctuatedWord, punctuated_words
from voice.language.person.referents import acts, person
from voice.language.text import HESITATIONS, plain
from voice.messages.records import CarrierPhrase


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A line without its opening, and how it goes on."""

    carrier: CarrierPhrase
    """The phrase after which it is said."""
    text: str
    """The line, without what only opens it."""


_HESITATIONS = "|".join(sorted(HESITATIONS, key=len, reverse=True))
_HESITATING = re.compile(rf"\b(?:{_HESITATIONS})\b[\s,.…-]*", re.IGNORECASE)
_TWICE = re.compile(r"\b(that|you|the|i|he|she|they|we|a|my|your|when|how)(?:[\s,]+\1\b)+", re.IGNORECASE)
_BEGINNINGS = frozenset("so well and but i im that the a because like then it its was".split())
_HEDGES = re.compile(  # what stands before a line without saying any of it
    r"^(?:(?:so|well(?! done)|oh|okay|ok|right|hey|like|yes|yeah|now|and|but|probably|maybe|perhaps|definitely"
    r"|honestly|actually|just|today|tonight|because|let me (?:think|see)|(?:that's )?(?:easy|an easy one|a hard one)"
    r"|you know|i (?:guess|think|suppose|mean|would say)|i'd say|for me|for me it was|today it was|the thing is"
    r"|it (?:was|is|would be)(?= (?:the|when|that|how|your|his|her|their)\b)"
    r"|it's silly but|(?:it|this) is going to sound \w+ but|don't laugh but"
    r"|(?:i(?:'ve)? (?:just )?(?:have to|got to|gotta|need to|want to|wanna|would like to|must)|(?:can|may) i"
    r"(?: just)?) say(?: that)?)\b[\s,.:…-]+)+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:i(?:'d like to| want to| would like to| just want to)? (?:really |also |just |so )?"
    r"(?:appreciate|appreciated|loved?|liked?|am (?:so |really )?(?:thankful|glad|grateful|happy))"
    r"|i'm (?:so |really |just )?(?:grateful|thankful|glad|happy))(?: it)?\s+(?=\S)",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"^.*?\b(?=i(?:'m|’m|'ve|’ve)? )", re.IGNORECASE)
_CALLED = re.compile(r"^@[,\s]+(?=(?:i|i'm|i've|thanks|thank|what)\b)", re.IGNORECASE)
_THANKS = re.compile(
    r"^(?:i (?:just )?(?:want to |would like to |wanna )?)?(?:thank you|thanks|thank)\b(?: so much| very much)?[,\s]*"
    r"(?:(?:my love|love|darling|babe|honey|hearthside|@)[,\s]+)?for\s+",
    re.IGNORECASE,
)
_NAMED_FOR = re.compile(r"^@[,\s]+for\s+", re.IGNORECASE)
_THANKED = re.compile(r"^for\s+", re.IGNORECASE)
_CLAUSE_SUBJECTS = frozenset(
    ("you", "you're", "you've", "you'd", "you'll", MARK, f"{MARK}'ll", f"{MARK}'d", f"{MARK}'ve")
)
_FINITE = (
    frozenset(AGREEING)
    | FINITE
    | frozenset(("are", "were", "makes", "saves", "means", "helps", "helped", "feels", "finally"))
)
_AT_A_TIME = re.compile(
    r"^(?:this|that|the (?:next|other)|last|every|each) (?:morning|afternoon|evening|night|week|weekend|day"
    r"|time|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_SENTENCE_OF_ITS_OWN = re.compile(  # "what I value in you is your patience" goes on from no "I appreciate"
    r"^(?:@,? )?(?P<said>(?:what|(?:the|one|another) (?:\w+ )?(?:things?|part)) (?:that )?(?:i|we)\b.*"
    r" (?:is|was|are|were) \S.*)",
    re.IGNORECASE,
)
_THING = re.compile(r"^(?:how|the way|the fact|what|everything|all)\b", re.IGNORECASE)


def without_hesitation(text: str) -> str:
    """A line without "um" and "uh"; "" where it was nothing else, or no more than the beginning of one: "so I"."""
    spaced = " ".join(_HESITATING.sub("", text.replace("’", "'")).split())
    line = _TWICE.sub(r"\1", spaced).strip(" \t,.;:!?-…")
    return "" if set(plain(line).split()) <= _BEGINNINGS else line


def without_request(text: str) -> str:
    """A line without what only asks for it to be kept: "for the record, I appreciate that you came" from "I" on."""
    return _REQUEST.sub("", text)


def carried_line(text: str, name: str) -> CarriedLine:
    """What somebody said in appreciation of the partner of this name, and how it goes on."""
    line = without_hesitation(text)
    line = _HEDGES.sub("", line) or line
    marked = _CALLED.sub("", " ".join(word.text for word in punctuated_words(line, name)))
    if thanks := _THANKS.match(marked):
        return CarriedLine(CarrierPhrase.FOR, _unmarked(marked[thanks.end() :], name))
    if named := _NAMED_FOR.match(marked):
        return CarriedLine(CarrierPhrase.FOR, _unmarked(marked[named.end() :], name))
    opened = _OPENING.sub("", marked)
    if opened != marked and (thanked := _THANKED.match(opened)):
        return CarriedLine(CarrierPhrase.FOR, _unmarked(opened[thanked.end() :], name))
    if whole := _SENTENCE_OF_ITS_OWN.match(opened):
        return CarriedLine(CarrierPhrase.LINE, _unmarked(whole["said"], name))
    carrier = _carrier(punctuated_words(opened, MARK), is_opened=opened != marked)
    return CarriedLine(carrier, _unmarked(marked if carrier is CarrierPhrase.LINE else opened, name))


def _unmarked(text: str, name: str) -> str:
    return text.replace(MARK, name).strip(" ,.;:!?-…")


def _carrier(words: list[PunctuatedWord], *, is_opened: bool) -> CarrierPhrase:
    """How the words go on, by the head of the first clause."""
    if not words:
        return CarrierPhrase.LINE
    plain = [word.plain for word in words]
    first = plain[0]
    if first == "that" and len(words) > 1:
        return CarrierPhrase.THAT if len(words) > 2 else CarrierPhrase.LINE
    if _THING.match(" ".join(plain)):
        return CarrierPhrase.OF
    if first == f"{MARK}'s" and is_short_is(words, 0):
        return CarrierPhrase.THAT
    if first in _CLAUSE_SUBJECTS or first.split("'")[0] in SUBJECT:
        return CarrierPhrase.OF if len(words) == 1 or _is_doing(words, 1) else CarrierPhrase.THAT
    if first in OWNER or first in ("your", f"{MARK}'s") or first in DETERMINERS:
        at_a_time = _AT_A_TIME.match(" ".join(plain)) and len(words) > 2
        return CarrierPhrase.OF if len(words) > 1 and not at_a_time and not _is_sentence(words) else CarrierPhrase.LINE
    if first.endswith("ing") and first not in NOUNS_IN_ING:
        mine = is_opened or "you" in plain or MARK in plain  # "waking up beside you" is about the speaker
        return CarrierPhrase.LINE if mine else CarrierPhrase.FOR
    return CarrierPhrase.OF if is_opened and first not in ("when", "it", "if", "to", "i") else CarrierPhrase.LINE


def _is_sentence(words: list[PunctuatedWord]) -> bool:
    """Whether a thing or a person at the beginning does something: "the soup was lovely", "the kids adore Sam"."""
    for at, word in enumerate(words):
        if word.plain in _CLAUSE_SUBJECTS or word.plain in JOINS_CLAUSES:
            return False
        if word.plain in _FINITE or word.plain.endswith("n't") or (person(words, at) and acts(words, at)):
            return True
    return False


def _is_doing(words: list[PunctuatedWord], at: int) -> bool:
    """Whether a participle follows: "you cooking all week"."""
    verb = skip_adverbs(words, at)
    return verb < len(words) and words[verb].plain.endswith("ing") and words[verb].plain not in NOUNS_IN_ING
