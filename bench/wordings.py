"""The wordings of intents/en that the head never learned from: what people's own words are measured with."""

from collections.abc import Mapping

from voice.content import IntentPack
from voice.messages.recognition import Mode
from voice.nlu.meaning.examples import Example, examples, only_measures


def unseen(pack: IntentPack, every: int = 1) -> list[Example]:
    """The fixed fifth that only measures, talk included. every: 1 for all of it, n for each n-th."""
    return [example for example in examples(pack) if only_measures(example)][::every]


def modes(pack: IntentPack) -> Mapping[str, Mode]:
    """Intent -> the mode in which its wordings are measured."""
    return {intent.name: Mode.IDLE if Mode.IDLE in intent.when else min(intent.when) for intent in pack.intents}
