"""What one partner asks to have told to the other, without the asking: "tell him that I love him" -> "I love him"."""

import re

from voice.language.person.carrier_phrases import without_hesitation

_ERRAND = re.compile(
    r"^(?:(?:please|can you|could you|just|so|well|okay)[\s,]+)*(?:tell|let|say to|remind) (?:him|her|them|@|"
    r"my (?:love|darling|husband|wife|partner))(?: know)?(?: that)?[\s,:]+(?=\S)",
    re.IGNORECASE,
)


def without_errand(text: str, name: str) -> str:
    """The message itself. name: the partner whom it is for."""
    line = without_hesitation(text)
    found = _ERRAND.match(re.sub(rf"(?<![\w'-]){re.escape(name)}(?![\w'-])", "@", line, flags=re.IGNORECASE))
    if not found:
        return line
    said = found[0].replace("@", name)
    rest = line[len(said) :].strip()
    return rest if not rest.lower().startswith(("to ", "about ")) else line
