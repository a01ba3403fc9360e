"""Reads lines with the voice of the house, and hears them back with the recognizer that comes with it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from voice.commands.heard_file import HeardFile
from voice.content import Prompt
from voice.edges import synthesizer as voices
from voice.edges.recognizer import UNHURRIED, Recognizer, open_recognizer
from voice.edges.synthesizer import Synthesizer
from voice.engines.models import BUILT_IN
from voice.errors import RecognizerError, SynthesizerError
from voice.language.text import fill
from voice.lint.prompts import SOMEBODY, ReadBack
from voice.messages.delivery import Register
from voice.messages.sound import RATE, Sound

WORDS_FOR = {
    **SOMEBODY,
    "name": "Alex",
    "text": "the walk by the river",
    "deck": "the dreams deck",
    "list": "the food deck and the music deck",
    "time": "ten minutes",
    "timer": "tea",
    "when": "tomorrow at eight",
    "session": "bedtime check-in",
    "heard": "set a timer",
    "made": "set a timer",
    "numbers": "a number to call",
    "emergency": "your local emergency number",
    # ---- what people tell in sessions
    "back": "thirty minutes",
    "count": "two",
    "deed": "I came home late",
    "example": "a walk after dinner",
    "feel": "left out",
    "landed": "it felt lonely",
    "length": "half an hour",
    "moment": "when you look at your phone",
    "need": "some time with you",
    "often": "Friday",
    "promise": "call you before I leave",
    "ritual": "a walk",
    "wish": "a hug",
}
"""What stands in a line for a word in braces while it is read."""
REGISTER = Register.DINNER  # the slower of what questions are read in would be bedtime, where none of the decks is read


def read_aloud(
    prompts: Sequence[Prompt],
    voice: str,
    language: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
    known: HeardFile | None = None,
) -> Iterator[ReadBack]:
    """Each prompt as it is heard at the table, one after the other.

    voice: as in the config. progress: takes how many are done, and of how many. known: what was heard before, which is
    not read again; it takes what is heard now. Raises SynthesizerError when no voice works or another one steps in,
    RecognizerError when the recognizer cannot be kept running or does not know the language.
    """
    if language != "en":
        raise RecognizerError(f'no recognizer comes with Hearthside for "{language}"', fix="Check without --aloud.")
    recognizer = open_recognizer(BUILT_IN.engine, None, UNHURRIED)
    with closing(recognizer), closing(voices.open_synthesizer(voice, language, voices.UNHURRIED)) as synthesizer:
        begun_with = synthesizer.engine
        for done, template in enumerate(prompts, 1):
            prompt = replace(template, text=fill(template.text, WORDS_FOR))
            before = known.get(prompt.text) if known else None
            seconds, heard = before or _read(prompt, synthesizer, recognizer, begun_with)
            if known and not before:
                known.add(prompt.text, seconds, heard)
            yield ReadBack(prompt, seconds, heard)
            progress(done, len(prompts))


def _read(prompt: Prompt, synthesizer: Synthesizer, recognizer: Recognizer, begun_with: str) -> tuple[float, str]:
    """Seconds and transcript of a prompt. begun_with: the voice that read the first one."""
    sound = synthesizer.render(prompt.text, REGISTER)
    if synthesizer.engine != begun_with:
        why = f"the {begun_with} voice was lost at {prompt.id}"
        raise SynthesizerError(why, fix="Begin again; if it comes back: hearthside doctor")
    return sound.seconds, _heard(recognizer, sound)


def _heard(recognizer: Recognizer, sound: Sound) -> str:
    from voice.sound.resampling import from_pcm, resample, to_pcm  # loads numpy

    recognizer.accept(to_pcm(resample(from_pcm(sound.pcm), sound.rate, RATE)))
    transcript = recognizer.finish()
    if transcript.trouble and not transcript.hypotheses:
        raise RecognizerError(transcript.trouble.rstrip("."), fix="See: hearthside doctor")
    return transcript.text
