"""`hearthside learn`: learns the intent head from the packs and writes it beside them, where it ships."""

import time
from pathlib import Path

from voice.encoder.encoder import SentenceEncoder
from voice.learning import is_current, learn, learned_directory, save
from voice.packs import load_content, pack_root


def learn_head(home: Path | None, *, only_check: bool) -> int:
    """Learn and save it, or tell whether that is needed; exit code 1 when the one that ships is out of date.

    home: every command takes it; this one looks at no couple's packs, but at those of the source tree.
    """
    pack = load_content().intents
    directory = learned_directory(pack_root() / "intents" / pack.language)
    if only_check:
        current = is_current(pack, directory)
        print("The intent head is up to date." if current else "The packs have changed: run hearthside learn.")
        return 0 if current else 1
    began = time.monotonic()
    print("Learning the intent head: about two minutes.", flush=True)
    head = learn(pack, SentenceEncoder.open())
    save(head, pack, directory)
    print(f"Learned {len(head.labels)} labels in {time.monotonic() - began:.0f} s: {directory}")
    return 0
