"""Names as people give them: "our names are Maya and Tomás", "I'm Maya and this is Tomás", "call me Sofi"."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

MOST_WORDS = 3  # of one name
_BETWEEN = re.compile(r"\s*(?:,?\s+(?:and|plus)\s+|\s+&\s+|,\s*|;\s*)\s*", re.IGNORECASE)
_CUES = (  # what stands before a name
    r"(?:names?|wife|husband|partner|girlfriend|boyfriend|fianc\w+|half|one|other|me|fella|person)(?:'s|s)?"
    r"(?: \w+)? (?:is|are|'s)(?: called| named)?",
    r"(?:names?|wife|husband|partner|fianc\w+|half)(?:'s|s)(?: called| named)?",
    r"(?:are|were|is|am|he's|she's|half's|partner's|be|been|really)? ?(?:called|named)",
    r"(?:call|calls|called|calling) (?:me|him|her|us|myself)(?: by our names)?",
    r"goe?s? by",
    r"(?:change|changed) (?:my|our) names? to",
    r"(?:say|use|prefer|names|names are|rather be called)",
    r"(?:i'm|im|i am|he's|hes|he is|she's|shes|she is|we're|we are|they're|it's|its|it is|this is)",
    r"(?:that's|thats|that is)",
    r"here(?:'s| is)",
    r"(?:us|we) are",
    r"(?:my|the|his|her) (?:\w+ )?(?:wife|husband|partner|girlfriend|boyfriend|fianc\w+|half|love)(?:'s name)?(?: is)?"
    r"(?: called| named)?",
)
_CUE = re.compile(rf"\b(?:{'|'.join(_CUES)})\s+", re.IGNORECASE)
_FILLING = re.compile(
    r"^(?:(?:so|well|um|uh|okay|hi|hello|hey|please|then|just|actually|simply|only|me|there|hearthside|always|really"
    r"|ourselves|both|as|the two of us|by|to|like|no)[,\s]+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,]+(?:not|instead|please|now|from now on|hearthside|okay|ok|thanks|thank you|by the way|if you like|here|only"
    r"|actually|though|anyway"
    r"|for short|from today|everybody|speaking|for (?:me|her|him|us)|when|in this|and|but|because|or|is)\b.*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
_NO_NAMES = frozenset(
    "a an the i you he she it we they me us him her them my your our his their this that these those and or but not "
    "no yes is are was were be been being am do does did done have has had will would can could shall should may "
    "might must when where what who why how if then than so to of in on at by for with from about after before "
    "good morning evening afternoon night hello hi bye stop never always "
    "later soon tomorrow tonight today back again up down out off over home honey babe dear sweetheart baby "
    "anything whatever some something nothing everything names name called list both two together tired hungry here "
    "there just very really crazy old stupid lazy taxi cab idiot liar difficult people everyone sister brother "
    "mother father mum's nickname saying wrong got get change tell say want like prefer learn pronounced spelled "
    "middle first last one person mistaken ready done sorry late please happy sad sick fine well okay".split()
)


def names_in(text: str) -> tuple[str, ...]:
    """The names that some words give, in order; whatever else is said is passed over."""
    parts = _BETWEEN.split(text.strip(" \t.,!?;:"))
    return tuple(name for part in parts for words in _after_cues(part) if (name := _as_name(words)))


def _after_cues(words: str) -> list[str]:
    """What stands behind each cue for a name, up to the next one; the words themselves where there is none."""
    said = f"{words.strip()} "
    cues = list(_CUE.finditer(said))
    ends = [*(cue.start() for cue in cues[1:]), len(said)]
    return [said[cue.end() : end] for cue, end in zip(cues, ends, strict=True)] if cues else [words]


def _as_name(words: str) -> str:
    """The name in a few words; "" for none. Small letters, as some recognizers write, are raised."""
    said = _FILLING.sub("", words.strip())
    said = _AFTER.sub("", said).strip(' \t.,!?;:"“”')
    plain = said.lower().replace("’", "'").split()
    if not plain or len(plain) > MOST_WORDS or not _NAME.fullmatch(said):
        return ""
    if any(word in _NO_NAMES for word in plain):
        return ""
    return " ".join(word[:1].upper() + word[1:] if word.islower() else word for word in said.split())


def likeness(short: str, name: str) -> float:
    """How much a short name looks like one for this name, 0 to 1: Sofi for Ana Sofía, Tom for Tomás."""
    mine = _letters(short)
    words = [*map(_letters, name.split()), _letters(name)]
    begins = max((_shared(mine, word) / max(len(mine), 1) for word in words), default=0.0)
    alike = max((SequenceMatcher(None, mine, word).ratio() for word in words), default=0.0)
    return max(begins, alike)


def nearest(short: str, names: Sequence[str]) -> str:
    """The one of two names that a short name is surely of; "" where it could be of either, or of none."""
    ranked = sorted(((likeness(short, name), name) for name in names), reverse=True)
    (best, name), (second, _) = ranked
    return name if best >= _ALIKE and best - second >= _AHEAD else ""


def is_same(old: str, new: str) -> bool:
    """Whether one name may be the other, spelled or heard another way."""
    return likeness(new, old) >= _ALIKE


_ALIKE, _AHEAD = 0.6, 0.25
_PLAIN = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüñçßý", "aaaaaaeeeeiiiiooooouuuuncsy")


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.lower().translate(_PLAIN)))


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
