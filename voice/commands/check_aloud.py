"""Reads prompts with the voice of the house, and hears them back with the recognizer that comes with it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from voice.child import Child, ChildLost
from voice.content import Prompt
from voice.edges.recognizer_moonshine import MoonshineReader
from voice.edges.synthesizer import open_synthesizer
from voice.errors import RecognizerError
from voice.lint.prompts import ReadBack
from voice.messages.sound import RATE, Sound
from voice.moonshine.search import ScoredText

PATIENCE = 60.0  # seconds to hear a prompt back: nobody waits at a table for this, and the machine may be busy
REGISTER = "dinner"  # the slower of what questions are read in would be bedtime, where none of the decks is read


def read_aloud(
    prompts: Sequence[Prompt], voice: str, language: str, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[ReadBack]:
    """Each prompt as it is heard at the table, one after the other.

    voice: as in the config. progress: takes how many are done, and of how many. Raises SynthesizerError when no
    voice works, RecognizerError when the recognizer cannot be kept running or does not know the language.
    """
    if language != "en":
        raise RecognizerError(f'no recognizer comes with Hearthside for "{language}"', fix="Check without --aloud.")
    child = Child(MoonshineReader, name="moonshine")
    child.start()
    with closing(child), closing(open_synthesizer(voice, language)) as synthesizer:
        for done, prompt in enumerate(prompts, 1):
            sound = synthesizer.render(prompt.text, REGISTER)
            yield ReadBack(prompt, sound.seconds, _heard(child, sound))
            progress(done, len(prompts))


def _heard(child: Child, sound: Sound) -> str:
    from voice.sound.resampling import from_pcm, resample, to_pcm  # loads numpy

    pcm = to_pcm(resample(from_pcm(sound.pcm), sound.rate, RATE))
    try:
        read = child.call("read", pcm, timeout=PATIENCE)
    except ChildLost as error:
        raise RecognizerError(f"the recognizer {error.reason}", fix="See: hearthside doctor") from error
    assert isinstance(read, ScoredText)
    return read.text
