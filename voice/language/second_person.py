"""Turns English said about a partner into English said to them: "Sam makes soup" -> "you make soup"."""

import re

from voice.language.text import plain


def _words(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


CLAUSE_STARTS = _words(  # after a "that" which only joins: "that the soup ...", but not "that soup ..."
    "@ @'s a every even everything he her his i it my our she somebody the their they we when you your"
)
ADVERBS = _words(
    "almost already also always even ever just never often only really so sometimes still too usually very"
)
NOT_ADVERBS = _words("apply family fly rely reply supply")
NO_SUBJECT_AFTER = _words(  # "life with Sam is ...": the verb belongs to another word
    "about around at behind beside by for from in like near of off on over past than through to toward towards "
    "under with without"
)
NOUNS_IN_ING = _words("anything evening everything morning nothing something thing")
VERBS = {"is": "are", "was": "were", "has": "have", "does": "do", "focuses": "focus", "aches": "ache"}
VERBS |= {"isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't"}
AFTER_A_VERB = _words("a an everyone everything her him his it me my our out the their them up us your")
OTHER_SUBJECTS = _words("@ because i it that we when which while who you")
PARTICIPLES = _words("been become done found given gone got had kept learned made put seen taken")
STATES = _words("excited gifted interested loved organised organized relaxed talented tired worried")
AFTER_IS = ADVERBS | _words("a an here not our quite such the there truly")
QUALITIES = _words(
    "amazing brave brilliant calm careful caring clever funny generous gentle good great kind lovely loving "
    "loyal patient strong sweet thoughtful warm wonderful"
)
AFTER_QUALITIES = NO_SUBJECT_AFTER | _words("and because but enough even to when")
OTHER_PEOPLE = re.compile(
    r"(aunt|baby|boss|boy|brother|cat|child|cousin|dad|daughter|dog|father|friend|girl|gran|grandma|grandpa|"
    r"guest|kid|mom|mother|mum|neighbou?r|nephew|niece|nurse|parent|puppy|sister|son|teacher|uncle)(s|'s)?|"
    r"children|everybody|everyone|people|somebody|someone"
)
PRONOUN = re.compile(r"(she|he|they)('s|'re|'ve|'d|'ll)?")
OWN = {"her": "your", "his": "your", "their": "your"}
OWN |= {"herself": "yourself", "himself": "yourself", "themselves": "yourself", "themself": "yourself"}
HER_IS_NO_OWNER = AFTER_QUALITIES | _words(
    "a again all an back down home my out some so the today tonight up while yesterday"
)
CAUSING = _words("have hear heard help helped helps let lets made make makes saw see watch watched")


def to_the_face(text: str, of: str, by: str) -> str:
    """`text`, which `by` said about `of`, as it is said to `of`.

    The name becomes "you" or "your", a verb right after it agrees, and pronouns follow where they can mean
    nobody else. The first person is a quotation and stays, and so does a line that begins with "you".
    A "that" which only joins goes, and the full stop.
    """
    words = _marked(" ".join(text.replace("’", "'").split()).rstrip(".!?, "), of).split()
    if len(words) > 1 and words[0].lower() == "that" and _plain(words[1]) in CLAUSE_STARTS:
        del words[0]
    if len(words) > 1 and _plain(words[0]) == "@" and _says_you(words[1]):
        del words[0]  # "Sam, you made my day"
    if words and _says_you(words[0]):
        words = [word.replace("@", of) for word in words]
    elif words:
        words = _second_person(words)
    if words and words[0] != by and not re.match(r"I\b", words[0]):
        words[0] = words[0][0].lower() + words[0][1:]
    return " ".join(words)


def _marked(text: str, name: str) -> str:
    """The text with "@" for the name; "sam" counts as Sam when "Sam" is not in it, and "sams" as Sam's."""
    escaped = re.escape(name.replace("’", "'"))
    flags = re.NOFLAG if re.search(rf"\b{escaped}", text) else re.IGNORECASE
    text = re.sub(rf"(?<![\w'-]){escaped}(?='(?:ll|d)\b|(?![\w'-]))", "@", text, flags=flags)
    return re.sub(rf"(?<![\w'-]){escaped}(?:'s|s|')(?![\w'-])", "@'s", text, flags=flags)


def _second_person(words: list[str]) -> list[str]:
    """The words with every "@", and the pronouns that stand for it, in the second person."""
    head = _plain(words[0])
    if (opening := PRONOUN.fullmatch(head)) is not None:
        words = ["@" + (opening[2] or ""), *words[1:]]
        words = _without_short_is(words, 0) if opening[2] == "'s" else words
    elif head in ("her", "his", "their") and len(words) > 1:
        words = ["your", *words[1:]]
    for place in reversed(range(len(words))):
        if _plain(words[place]) == "@'s":
            words = _without_possessive(words, place)
    words = _with_later_pronouns(words)
    for place, word in enumerate(words):
        if _plain(word) == "@" and _is_subject(words, place):
            _agree_after(words, place)
    return [word.replace("@", "you") for word in words]


def _without_possessive(words: list[str], place: int) -> list[str]:
    """ "@'s" at this place as "your", "yours", "@ is" or "@ has"."""
    following = [_plain(word) for word in words[place + 1 :]]
    if not following:
        return [*words[:place], "yours"]
    of_quality = following[0] in QUALITIES and (len(following) == 1 or following[1] in AFTER_QUALITIES)
    if of_quality or following[0] in AFTER_IS or following[0] in ("been", "got", "done", "made"):
        return _without_short_is(words, place)
    return [*words[:place], "your", *words[place + 1 :]]


def _without_short_is(words: list[str], place: int) -> list[str]:
    """ "@'s" at this place as "@ is" or "@ has"."""
    verb = next((_plain(word) for word in words[place + 1 :] if not _is_adverb(_plain(word))), "")
    done = verb in PARTICIPLES or (verb.endswith("ed") and verb not in STATES)
    return [*words[:place], "@", "has" if done else "is", *words[place + 1 :]]


def _with_later_pronouns(words: list[str]) -> list[str]:
    """Pronouns after the first "@" stand for it too when nobody else is named ("they": and no things)."""
    if not any(word.startswith("@") for word in words):
        return words
    plain = [_plain(word) for word in words]
    capitals = any(word[0].isupper() and word[0] != "I" for word in words[1:])
    if capitals or any(OTHER_PEOPLE.fullmatch(word) for word in plain):
        return words
    things = any(word.endswith("s") and not word.endswith("ss") and len(word) > 3 for word in plain[1:])
    turned = list(words)
    first = next(place for place, word in enumerate(plain) if word.startswith("@"))
    for place in reversed(range(first + 1, len(words))):
        word = plain[place]
        if things and word.startswith(("they", "their", "them")):
            continue
        if word in OWN and (word != "her" or _her_owns(plain, place)):
            turned[place] = words[place].replace(word, OWN[word])
        elif (pronoun := PRONOUN.fullmatch(word)) is not None:
            turned[place] = "@" + (pronoun[2] or "")
            turned = _without_short_is(turned, place) if pronoun[2] == "'s" else turned
    return turned


def _her_owns(plain: list[str], place: int) -> bool:
    """Whether "her" here is like "his" (her coat), not like "him" (called her, made her laugh)."""
    return (
        place + 1 < len(plain)
        and plain[place + 1] not in HER_IS_NO_OWNER
        and not (place and plain[place - 1] in CAUSING)
    )


def _is_subject(words: list[str], place: int) -> bool:
    before = _plain(words[place - 1]) if place else ""
    return before not in NO_SUBJECT_AFTER and (not before.endswith("ing") or before in NOUNS_IN_ING)


def _agree_after(words: list[str], place: int) -> None:
    """Makes the verb of the subject at this place agree with "you", and verbs joined to it by "and"."""
    verb = _skip_adverbs(words, place + 1)
    if verb == len(words):
        return
    words[verb] = _agreed(words[verb])
    for joint in range(verb + 1, len(words) - 1):
        if _plain(words[joint]) in OTHER_SUBJECTS:
            return
        if _plain(words[joint]) in ("and", "but", "then"):
            following = _skip_adverbs(words, joint + 1)
            if _is_verb(words, following, after_adverb=following > joint + 1):
                words[following] = _agreed(words[following])


def _is_verb(words: list[str], place: int, after_adverb: bool) -> bool:
    """Whether this -s is a verb's ("and walks the dog") by its neighbours, not a noun's ("and stews")."""
    if place == len(words):
        return False
    object_follows = place + 1 < len(words) and _plain(words[place + 1]) in AFTER_A_VERB
    return after_adverb or object_follows or _plain(words[place]) in VERBS


def _skip_adverbs(words: list[str], place: int) -> int:
    while place < len(words) and _is_adverb(_plain(words[place])):
        place += 1
    return place


def _is_adverb(word: str) -> bool:
    return word in ADVERBS or (len(word) > 3 and word.endswith("ly") and word not in NOT_ADVERBS)


def _agreed(word: str) -> str:
    """A third person's verb as it follows "you"; any other word as it is."""
    verb = _plain(word)
    tail = word[len(verb) :]
    if verb in VERBS:
        return VERBS[verb] + tail
    if not re.fullmatch(r"\w{2,}[^su]s", verb):
        return word
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y" + tail
    ends_in_es = re.search(r"(ss|sh|ch|x|zz|o)es$", verb) is not None
    return verb[: -2 if ends_in_es else -1] + tail


def _plain(word: str) -> str:
    return word.lower().strip(',;:.!?"')


def _says_you(word: str) -> bool:
    return re.fullmatch(r"you(rs?|'\w+)?", _plain(word)) is not None


TO_YOU = {  # how a wish in one's own words is said to the one who has it
    **dict.fromkeys(("i", "me", "we", "us"), "you"),
    **dict.fromkeys(("my", "our"), "your"),
    **dict.fromkeys(("mine", "ours"), "yours"),
    "i'm": "you're",
    "we're": "you're",
    "i've": "you've",
    "we've": "you've",
    "i'll": "you'll",
    "we'll": "you'll",
    "i'd": "you'd",
    "we'd": "you'd",
    "am": "are",
    "was": "were",
    "myself": "yourself",
    "ourselves": "yourselves",
}
I_AM = ("i am", "i was")  # where the verb has to turn too


_A_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def in_second_person(text: str) -> str:
    """A reminder's text as it is said to them: "call my mother" -> "call your mother"."""
    verbs = any(f"{words} " in f"{plain(text)} " for words in I_AM)

    def turned(found: re.Match[str]) -> str:
        word = found[0].lower().replace("’", "'")
        return found[0] if word in ("am", "was") and not verbs else TO_YOU.get(word, found[0])

    return _A_WORD.sub(turned, text)
