"""Reads prompts and replies with the voice of the house, and hears them back with the recognizer that comes with it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from voice.content import Content, Prompt
from voice.edges import synthesizer as voices
from voice.edges.recognizer import UNHURRIED, Recognizer, open_recognizer
from voice.errors import RecognizerError, SynthesizerError
from voice.language.text import fill
from voice.lint.prompts import SOMEBODY, ReadBack
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
}
"""What stands in a reply for a word in braces while it is read."""
REGISTER = "dinner"  # the slower of what questions are read in would be bedtime, where none of the decks is read


def read_aloud(
    prompts: Sequence[Prompt], voice: str, language: str, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[ReadBack]:
    """Each prompt as it is heard at the table, one after the other.

    voice: as in the config. progress: takes how many are done, and of how many. Raises SynthesizerError when no
    voice works or another one steps in, RecognizerError when the recognizer cannot be kept running or does not know
    the language.
    """
    if language != "en":
        raise RecognizerError(f'no recognizer comes with Hearthside for "{language}"', fix="Check without --aloud.")
    recognizer = open_recognizer("moonshine", None, UNHURRIED)
    with closing(recognizer), closing(voices.open_synthesizer(voice, language, voices.UNHURRIED)) as synthesizer:
        begun_with = synthesizer.engine
        for done, template in enumerate(prompts, 1):
            prompt = replace(template, text=fill(template.text, WORDS_FOR))
            sound = synthesizer.render(prompt.text, REGISTER)
            if synthesizer.engine != begun_with:
                why = f"the {begun_with} voice was lost at {prompt.id}"
                raise SynthesizerError(why, fix="Begin again; if it comes back: hearthside doctor")
            yield ReadBack(prompt, sound.seconds, _heard(recognizer, sound))
            progress(done, len(prompts))


def replies_as_prompts(content: Content) -> list[Prompt]:
    """Every wording of every reply, as prompts that can be read: "hello 2" is the second wording of the key hello."""
    return [
        Prompt(f"{key} {number}", line, name, depth=1, where=name)
        for name, replies in content.reply_registers.items()
        for key, lines in replies.items()
        for number, line in enumerate(lines, 1)
    ]


def _heard(recognizer: Recognizer, sound: Sound) -> str:
    from voice.sound.resampling import from_pcm, resample, to_pcm  # loads numpy

    recognizer.accept(to_pcm(resample(from_pcm(sound.pcm), sound.rate, RATE)))
    transcript = recognizer.finish()
    if transcript.trouble and not transcript.hypotheses:
        raise RecognizerError(transcript.trouble.rstrip("."), fix="See: hearthside doctor")
    return transcript.text
