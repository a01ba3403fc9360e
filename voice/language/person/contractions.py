"""What "'s" after the partner is: "is", "has", or what is theirs."""

from voice.language.person.agreement import is_adverb, is_participle
from voice.language.person.lexicon import AFTER_IS, AFTER_NOUN_IN_ING, AFTER_QUALITIES, NOUNS_IN_ING, QUALITIES
from voice.language.person.punctuated_words import MARK, PunctuatedWord


def is_short_is(words: list[PunctuatedWord], at: int) -> bool:
    """Whether "@'s" at this place is "@ is" or "@ has": "Sam's so kind", "Sam's cooking tonight", not "Sam's soup"."""
    following = [word.plain for word in words[at + 1 :]]
    if not following or words[at].after:
        return False
    first, second = following[0], following[1] if len(following) > 1 else ""
    quality = first in QUALITIES and (not second or second in AFTER_QUALITIES)
    doing = first.endswith("ing") and first not in NOUNS_IN_ING and second != "" and second not in AFTER_NOUN_IN_ING
    return quality or doing or first in AFTER_IS or first in ("been", "got", "done", "made", "helped")


def without_possessive(words: list[PunctuatedWord], at: int) -> list[PunctuatedWord]:
    """ "@'s" at this place as "your", "yours", "@ is" or "@ has"."""
    if is_short_is(words, at):
        return with_whole_is(words, at)
    owns = at + 1 < len(words) and not words[at].after
    return [*words[:at], words[at].instead("your" if owns else "yours"), *words[at + 1 :]]


def with_whole_is(words: list[PunctuatedWord], at: int) -> list[PunctuatedWord]:
    """The short "'s" at this place as "@ is" or "@ has"."""
    verb = next((word.plain for word in words[at + 1 :] if not is_adverb(word.plain)), "")
    whole = PunctuatedWord("has" if is_participle(verb) else "is")
    return [*words[:at], words[at].instead(MARK), whole, *words[at + 1 :]]
