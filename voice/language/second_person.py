"""Turns what somebody asked for into what they are told: "call my mother" -> "call your mother"."""

import re

from voice.language.text import plain

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
