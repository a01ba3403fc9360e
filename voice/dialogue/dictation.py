"""Dictated lines: their wording as a part of a sentence, and whether they are vague."""

import re
from collections.abc import Collection, Mapping

from voice.language.person.carrier_phrases import without_hesitation
from voice.language.text import fill, plain

_HEDGE = re.compile(r"^(?:(?:so|well|okay|oh|i guess|i suppose|probably|maybe)[\s,]+)+", re.IGNORECASE)
_OF_FEELING = re.compile(
    r"(?:you|it)(?:['’]d| really| probably| just| also)* (?:felt|were|was|must have|might have|may have)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:you|he|she|they|it|we|i)(?:'\w+)?\s+(?!and\b|or\b)\w", re.IGNORECASE)
_NEEDS = {"I need", "I'd like"}
_WISHED = re.compile(
    r"(?:(?:i|we)(?:['’]d)? (?:really |just )?(?:need|like|want|love|would (?:like|love|want)) )?(?:that|for) "
    r"|(?:i|we)(?:['’]d| would)? (?:really |just )?(?:wish|want|need|love) ",
    re.IGNORECASE,
)
_MODAL = re.compile(r"(?:that )?(?:you|we)(?:['’]d| (?:can|could|would|should)) ", re.IGNORECASE)
_FORBIDDEN = re.compile(r"(?:please )?(?:don['’]?t|do not|never) (?=\w)", re.IGNORECASE)
_CLAUSE_OF_NEED = re.compile(
    r"(?:that )?(you|we)(?:['’](?:ll|d))? ?(?:(?:can|could|would|will|should) )?(?!to\b)(not |don['’]t )?"
    r"((?:are |were |['’]re )(?:not )?)?(?=\w)",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(
    r"[\s,]+(?:i (?:think|guess|suppose|imagine)|probably|maybe|honestly|really|actually|or something)$", re.IGNORECASE
)
_WHEN, _LIKE = "when", "like"  # leads that stand before a clause alone
_TELLS_WHEN = re.compile(
    r"(?:when|whenever|if|because|after|before|during|while|at|on|in|around|every|each|most|mostly|usually|always"
    r"|sometimes|often|all|with)\b",
    re.IGNORECASE,
)
_ENDS = " \t,.;:!?-…"


def as_part(
    text: str, stems: Collection[str], instead: Mapping[str, str], names: Mapping[str, str], lead: str = ""
) -> str:
    """The answer without what the sentence has already: "I feel left out." -> "left out".

    stems: beginnings that are left off. instead: words -> those that stand for them ("you always" -> "you").
    names: placeholder -> the partner's name, in the stems and the words. lead: see `WordsAnswer`.
    """
    part = _HEDGE.sub("", without_hesitation(text).strip(_ENDS)) or text.strip(_ENDS)
    part = _HEDGE_AFTER.sub("", part)
    filled_stems = sorted((fill(stem, names) for stem in stems), key=len, reverse=True)
    left_off = ""
    for stem in filled_stems:
        loosely = r"\s+(?:(?:probably|really|just|maybe|also|must have)\s+)?".join(map(re.escape, stem.split()))
        found = re.match(rf"{loosely}\b[\s,:]*(?=\S)", part, re.IGNORECASE)
        if found:
            left_off, part = stem, part[found.end() :]
            break
    if lead and part:
        part = _with_lead(part, left_off, lead)
    words = {fill(said, names): fill(other, names) for said, other in instead.items()}
    return _uncapitalized(_replaced(part, words), names)


def _with_lead(part: str, left_off: str, lead: str) -> str:
    """How it felt, or when, so that a sentence goes on with it.

    left_off: the beginning that was said, such as "I think she felt".
    """
    if lead == _WHEN:
        return part if _TELLS_WHEN.match(part) else f"{lead} {part}"
    if lead == _LIKE:
        return f"{lead} {part}" if _CLAUSE.match(part) else part
    subject, _, verb = left_off.removeprefix("I think ").rpartition(" ")
    if subject == "it":
        return f"it {verb} {part}"
    if subject:
        return f"you {'felt' if verb in ('felt', 'feel') else 'were'} {part}"
    if _OF_FEELING.match(part):
        return part
    return f"{lead} like {part}" if _CLAUSE.match(part) else f"{lead} {part}"  # "it felt like you didn't care"


def as_need(part: str, said: str, stems: Collection[str]) -> str:
    """What comes after "I need" or "I'd like", said as a clause: "that you do bedtime" -> "you to do bedtime"."""
    found = _CLAUSE_OF_NEED.match(part)
    if _NEEDS.isdisjoint(stems):
        return part
    if part.lower().startswith("if "):
        return f"it {part}"
    if forbidden := _FORBIDDEN.match(part):
        return f"you not to {part[forbidden.end() :]}"
    if found is None or not (_WISHED.match(without_hesitation(said)) or _MODAL.match(part)):
        return part
    who = "us" if found[1].lower() == "we" else "you"
    refuses = found[2] or "not" in (found[3] or "")
    return f"{who} {'not ' if refuses else ''}to {'be ' if found[3] else ''}{part[found.end() :]}"


def _replaced(text: str, instead: Mapping[str, str]) -> str:
    """The text with each of these words replaced, the longest first."""
    if not instead:
        return text
    by_words = {said.lower(): words for said, words in instead.items()}
    longest_first = "|".join(map(re.escape, sorted(by_words, key=len, reverse=True)))
    return re.sub(rf"\b({longest_first})\b", lambda found: by_words[found[0].lower()], text, flags=re.IGNORECASE)


def _uncapitalized(text: str, names: Mapping[str, str]) -> str:
    """As in the middle of a sentence; I and the two of them keep their capitals."""
    first = re.split(r"[\s']", text, maxsplit=1)[0]
    return text if first in ("I", *names.values()) else text[:1].lower() + text[1:]


FEW = 2  # words, beside names; with so few, one that says something is not enough

# English: words that say nothing of what happened.
_GENERAL = frozenset(
    "a an the and or but so for to of in on at with about by from as than that this it its these those there here"
    " i me my mine you your yours we us our ours they them their he him his she her hers who what how when"
    " am is are was were be been being do does did done doing have has had having will would can could just"
    " thank thanks appreciate appreciated appreciating love loved loving like liked glad grateful thankful"
    " good great nice lovely kind sweet wonderful amazing awesome perfect fine best better special happy caring"
    " always never really very so such too also all every everything anything something thing things stuff way lot"
    " person partner today tonight day everyday again much many more most well yes no um uh okay".split()
)

_SHORTENED = re.compile(r"'(?:s|re|m|ve|d|ll)\b", re.IGNORECASE)  # "he's", "you're", "Sam's"


def is_vague(line: str, names: Collection[str] = ()) -> bool:
    """Whether a line has only general words ("you were so nice"), or hardly a word. names: they count as none."""
    passed_over = {name.lower() for name in names}
    words = plain(_SHORTENED.sub("", line.replace("’", "'"))).split()
    words = [word for word in words if word not in passed_over]
    telling = [word for word in words if word not in _GENERAL]
    return not telling or (len(telling) == 1 and len(words) <= FEW)
