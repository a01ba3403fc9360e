"""Reads prompts with the voice of the house, and hears them back with the recognizer that comes with it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from voice.content import Prompt
from voice.edges.recognizer import UNHURRIED, Recognizer, open_recognizer
from voice.edges.synthesizer import open_synthesizer
from voice.errors import RecognizerError
from voice.language.text import fill
from voice.lint.prompts import SOMEBODY, ReadBack
from voice.messages.sound import RATE, Sound

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
    recognizer = open_recognizer("moonshine", None, UNHURRIED)
    with closing(recognizer), closing(open_synthesizer(voice, language)) as synthesizer:
        for done, template in enumerate(prompts, 1):
            prompt = replace(template, text=fill(template.text, SOMEBODY))
            sound = synthesizer.render(prompt.text, REGISTER)
            yield ReadBack(prompt, sound.seconds, _heard(recognizer, sound))
            progress(done, len(prompts))


def _heard(recognizer: Recognizer, sound: Sound) -> str:
    from voice.sound.resampling import from_pcm, resample, to_pcm  # loads numpy

    recognizer.accept(to_pcm(resample(from_pcm(sound.pcm), sound.rate, RATE)))
    transcript = recognizer.finish()
    if transcript.trouble and not transcript.hypotheses:
        raise RecognizerError(transcript.trouble.rstrip("."), fix="See: hearthside doctor")
    return transcript.text
