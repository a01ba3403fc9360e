"""Writes config.yaml, with a comment above each setting."""

from collections.abc import Iterable
from pathlib import Path

from voice.config.settings import LANGUAGES, LEAVE_OUT, OFF, Config
from voice.files.strict_yaml import quoted


def as_yaml(config: Config) -> str:
    """The text of config.yaml, with comments for those who edit it."""
    lines = ["# What Hearthside knows about the two of you; edit it as you like."]
    for comment, key, value in (*_who_and_how(config), *_when_and_what(config)):
        lines += ["", f"# {comment}", f"{key}: {value}" if value else f"# {key}:"]
    return "\n".join(lines) + "\n"


def _who_and_how(config: Config) -> tuple[tuple[str, str, str], ...]:
    """Comment, key and value of the settings about names, ears and voice."""
    names = ", ".join(quoted(name) for name in config.partners or ())
    return (
        ("The two of you, as you call each other.", "partners", f"[{names}]" if names else ""),
        (f"The language spoken: {', '.join(LANGUAGES)}.", "language", config.language),
        ("Who listens: auto (vosk where its model is installed), vosk or moonshine.", "ears", config.ears),
        ("Who speaks: auto, natural or system (the machine's own voice).", "voice", config.voice),
        ("A folder with a Vosk model, when it is not in a usual place.", "model", _optional(config.model)),
        (
            "Whether it hears as it learned to for rooms and noise: auto (what it cannot make out else), on or off.",
            "rooms",
            quoted(config.rooms),
        ),
        (
            "When it listens: table (always), wake (after the words below) or key (after Enter).",
            "listen",
            config.listen,
        ),
        ("The words that call it, where it listens after them; any you like.", "wake", quoted(config.wake)),
        (
            "What you can say while it speaks: words (stop, skip, again, help ...), stop alone, or nothing (off).",
            "barge_in",
            quoted(config.barge_in),
        ),
        ("How your names come out when they are heard; hearthside setup finds it.", "heard_as", _spellings(config)),
    )


def _when_and_what(config: Config) -> tuple[tuple[str, str, str], ...]:
    """Comment, key and value of the settings about devices, times, sessions and what is private."""
    recap_at = f"{config.recap_at:%H:%M}" if config.recap_at else OFF
    help_line, lock_word = _optional(config.help_line or None), _optional(config.lock_word)
    quiet_hours = "-".join(f"{moment:%H:%M}" for moment in config.quiet_hours or ()) or OFF
    return (
        ("The microphone, by its name or a part of it.", "microphone", _optional(config.microphone)),
        ("The loudspeaker, likewise.", "loudspeaker", _optional(config.loudspeaker)),
        ("When to offer tonight's appreciations, or off.", "recap_at", quoted(recap_at)),
        ("When never to speak first, or off.", "quiet_hours", quoted(quiet_hours)),
        ("How many minutes a session takes for you, such as {bedtime: 8}.", "lengths", _minutes(config)),
        (f"Steps that sessions leave out: {', '.join(LEAVE_OUT)}.", "leave_out", _flow(sorted(config.leave_out))),
        ("Whom to call when one of you is not okay, as it is to be said: a name, a number.", "help_line", help_line),
        (
            "Your own word for: I need to be heard, not fixed; one to four words.",
            "code_word",
            _optional(config.code_word),
        ),
        (
            "When a word of yours is needed before kept lines are read or deleted aloud: off, night or always.",
            "lock",
            quoted(config.lock),
        ),
        ("That word; one to four words. Three wrong ones close it until the morning.", "lock_word", lock_word),
        (
            "Where the key is that what you keep is encrypted with, or off; hearthside encrypt changes it.",
            "encryption",
            quoted(config.encryption),
        ),
    )


def _minutes(config: Config) -> str:
    """A flow mapping; "" for none."""
    each = ", ".join(f"{quoted(session)}: {minutes:g}" for session, minutes in config.lengths.items())
    return f"{{{each}}}" if each else ""


def _flow(words: Iterable[str]) -> str:
    """A flow list; "" for none."""
    each = ", ".join(words)
    return f"[{each}]" if each else ""


def _spellings(config: Config) -> str:
    """A flow mapping; "" for none."""
    each = (f"{quoted(name)}: [{', '.join(map(quoted, found))}]" for name, found in config.heard_as.items() if found)
    inside = ", ".join(each)
    return f"{{{inside}}}" if inside else ""


def _optional(value: Path | str | None) -> str:
    return quoted(str(value)) if value else ""
