"""Sentences of somebody who is not okay, and what they mean."""

from tests.support.english import english_content
from tests.support.evening import Evening

CONTENT = english_content()
GRAVE = {intent.name: intent for intent in CONTENT.intents.intents if intent.care}
SAID = {"not_okay": "I'm not okay", "self_harm": "I want to kill myself", "unsafe": "please stop hitting me"}
SAID["hurt"], SAID["emergency"] = "Sam hurt me last night", "there's a fire in the kitchen"


def fixed(evening: Evening, key: str) -> list[str]:
    """What is said where the couple have no number of their own."""
    (text,) = evening.house.content.replies[key]
    return [text.replace(" You can also call {numbers}.", "").replace("{emergency}", "your local emergency number")]
