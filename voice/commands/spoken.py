"""Every line that Hearthside can say, as prompts to be read: those of decks, replies, sessions, lists and moods."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voice.content import Content, Prompt
from voice.language.text import fill
from voice.packs.nameless import without_names


def every_line(content: Content) -> list[Prompt]:
    """Everything that can be said, each line once; what is said by name also in its form without names."""
    questions = [prompt for deck in content.decks for prompt in deck.prompts]
    nameless = other_lines(without_names(content))
    return once([*questions, *_follow_ups(questions), *other_lines(content), *nameless])


def other_lines(content: Content) -> list[Prompt]:
    """Everything that is said besides the questions of decks, each line once."""
    return once([*reply_lines(content), *_session_lines(content), *_lists_and_moods(content), *_named(content)])


def reply_lines(content: Content) -> list[Prompt]:
    """Every wording of every reply: "hello 2" is the second wording of the key hello."""
    return [
        line
        for name, replies in content.reply_registers.items()
        for key, wordings in replies.items()
        for line in _lines(name, key, wordings)
    ]


def once(lines: Iterable[Prompt]) -> list[Prompt]:
    """The first line of each wording."""
    first = dict[str, Prompt]()
    for line in lines:
        first.setdefault(line.text, line)
    return list(first.values())


def _follow_ups(questions: Iterable[Prompt]) -> Iterator[Prompt]:
    """Each follow-up as a line of its own; it is of no deck, for decks are judged by their questions."""
    for prompt in questions:
        for number, text in enumerate(prompt.follow_ups, 1):
            yield replace(prompt, id=f"{prompt.id} then {number}", text=text, deck="follow-ups")


def _session_lines(content: Content) -> Iterator[Prompt]:
    for script in content.scripts:
        stepped = [wording for step in script.steps for wording in step.wordings]
        yield from _lines("sessions", script.id, (*script.first, *script.later, *script.left, *stepped))


def _lists_and_moods(content: Content) -> Iterator[Prompt]:
    for ideas in content.ideas:
        yield from _lines("lists", ideas.name, [idea.text for idea in ideas.prompts])
    for mood in content.moods:
        yield from _lines("moods", mood.intent, mood.opening)


def _named(content: Content) -> Iterator[Prompt]:
    """What has a name, each in a reply that says it: intents, kinds of lines, help lines, decks, sessions."""
    for key, placeholder, names in (
        ("guess", "made", content.guesses.values()),
        ("known", "list", content.labels.values()),
        ("help_line", "numbers", [line.text for line in content.help_lines.values()]),
        ("emergency", "emergency", [line.emergency for line in content.help_lines.values()]),
        ("deck_picked", "deck", [deck.title for deck in content.decks]),
        ("session_resume", "session", [script.name for script in content.scripts]),
    ):
        wording = content.replies[key][0]
        yield from _lines("names", key, [fill(wording, {placeholder: name}) for name in names])


def _lines(kind: str, place: str, wordings: Sequence[str]) -> Iterator[Prompt]:
    """Wordings as prompts. place: the key, session, list or mood that they belong to."""
    for number, wording in enumerate(wordings, 1):
        yield Prompt(f"{place} {number}", wording, kind, depth=1, where=place)
