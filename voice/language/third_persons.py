"""Whether a sentence tells of somebody who is neither of the two, and of what they do or think."""

import re

from voice.language.text import plain

_THEY = (
    r"^(?:(?:and|but|so|because|well|oh|no) )*(?:(?:he|she|they)(?:s|re|d|ve|ll)?|(?:my|our|the|his|her|their) \w+"
    r"|everyone|everybody|someone|somebody)"
)
_OF_OTHERS = re.compile(rf"{_THEY}\b")
_OF_A_MIND = re.compile(
    rf"{_THEY}(?: (?:just|still|really|always|only|even))* (?:thinks?|thought|feels?|felt|believes?|knows?|knew|likes?"
    r"|loves?|hopes?|wonders?|forgets?|forgot|remembers?|reckons?|suspects?|assumes?)\b"
)


def is_of_others(text: str) -> bool:
    """Whether a sentence tells of somebody who is neither of the two."""
    return bool(_OF_OTHERS.search(plain(text)))


def is_of_a_mind(text: str) -> bool:
    """Whether a sentence tells what such a person thinks or feels, and not what they do: "he thinks he owns me"."""
    return bool(_OF_A_MIND.search(plain(text)))
