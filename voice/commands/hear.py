"""`hearthside hear`: sound files, as an evening or as a line of meaning for each."""

from collections.abc import Sequence
from pathlib import Path

from voice.errors import HearthsideError
from voice.messages.recognition import Mode


def hear(
    home: Path | None,
    *,
    files: Sequence[Path],
    speak: Path | None,
    show_ignored: bool,
    show_private: bool,
    as_json: bool,
    seed: int | None,
    now: str | None,
    explain: bool,
    match_only: bool,
    intents: Path | None,
    mode: Mode,
    workers: int | None,
) -> int:
    """Hear the files; returns the exit code. Raises HearthsideError for options that do not go together.

    Each option is that of the command line. What is not needed for it is not loaded.
    """
    if match_only:
        from voice.commands.match_files import match_files

        return match_files(home, intents, files, mode=mode, as_json=as_json, explain=explain, workers=workers)
    if intents or workers:
        raise HearthsideError("--intents and --workers go with --match-only", fix="Add it, or leave them out.")
    from voice.captions import captions
    from voice.commands.hear_files import hear_files

    tell = captions(as_json=as_json, show_ignored=show_ignored, explain=explain, show_private=show_private)
    return hear_files(home, files, tell, seed=seed, now=now, speak=speak)
