"""Verbs in the second person: "makes" -> "make" after "you", with every verb that has the same subject."""

import re

from voice.language.person.lexicon import (
    ADVERBS,
    AFTER_A_VERB,
    AGREEING,
    JOINS_CLAUSES,
    NOT_ADVERBS,
    OTHER_SUBJECTS,
    PARTICIPLES,
    STATES,
    VERBS,
)
from voice.language.person.punctuated_words import PunctuatedWord

JOINTS = frozenset(("and", "but", "then", "or"))


def agree_after(words: list[PunctuatedWord], subject: int) -> None:
    """Make the verb of the subject at this place agree with "you", and the verbs joined to it."""
    verb = skip_adverbs(words, subject + 1)
    if verb == len(words):
        return
    words[verb] = words[verb].instead(agreed(words[verb].word))
    for at in range(verb, len(words) - 1):
        plain = words[at].plain
        if at > verb and (plain in OTHER_SUBJECTS or plain in JOINS_CLAUSES or words[at].is_partner):
            return
        joint = plain in JOINTS
        if joint or words[at].after.startswith(","):
            following = skip_adverbs(words, at + 1)
            if _is_verb(words, following, after_adverb=joint and following > at + 1):
                words[following] = words[following].instead(agreed(words[following].word))


def _is_verb(words: list[PunctuatedWord], at: int, *, after_adverb: bool) -> bool:
    """Whether this -s is a verb's ("and walks the dog"), not a noun's ("soups and stews")."""
    if at >= len(words):
        return False
    plain = words[at].plain
    if plain in AGREEING:
        return True
    if not plain.endswith("s"):
        return False
    object_follows = at + 1 < len(words) and not words[at].after and words[at + 1].plain in AFTER_A_VERB
    if after_adverb or object_follows:
        return True
    before = words[at - 2].plain if at > 1 else ""
    after_plural = before.endswith("s") and before not in AGREEING  # a verb before it has lost its -s by now
    return base(plain) in VERBS and not after_plural


def skip_adverbs(words: list[PunctuatedWord], at: int) -> int:
    """The first place from here on that is no adverb."""
    while at < len(words) and is_adverb(words[at].plain):
        at += 1
    return at


def is_adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    return word in ADVERBS or (len(word) > 3 and word.endswith("ly") and word not in NOT_ADVERBS)


def is_participle(word: str) -> bool:
    """Whether "'s" before this word is "has": "he's made", "she's helped"."""
    return word in PARTICIPLES or (word.endswith("ed") and word not in STATES)


def agreed(word: str) -> str:
    """A third person's verb as it follows "you"; any other word as it is."""
    plain = word.lower()
    return AGREEING.get(plain) or (base(plain) if base(plain) != plain else word)


def base(verb: str) -> str:
    """A verb without the -s of the third person; any other word as it is."""
    if not re.fullmatch(r"\w{2,}[^su]s", verb):
        return verb
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    return verb[: -2 if re.search(r"(ss|sh|ch|x|zz|o)es$", verb) else -1]
