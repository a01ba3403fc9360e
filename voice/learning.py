"""The intent head of a pack: learned by `hearthside learn`, shipped beside the pack, checked by its fingerprint."""

import json
from collections.abc import Mapping
from pathlib import Path

from voice.content import IntentPack
from voice.encoder.encoder import SentenceEncoder
from voice.encoder.head import Head
from voice.encoder.scorer import EncodedScorer
from voice.encoder.training import train
from voice.errors import ModelError
from voice.language.speech_acts import Act
from voice.nlu.meaning.abstraction import Abstraction
from voice.nlu.meaning.examples import Example, examples, fingerprint, only_measures
from voice.nlu.meaning.guards import UsualStances, usual_stances
from voice.nlu.meaning.intent_head import TALK
from voice.nlu.meaning.learned import Learned

PARTNERS = ("sam", "alex")  # as the wordings call the two
_HEAD, _STANCES, _FINGERPRINT = "head.npz", "stances.json", "head.sha256"
_FEWEST = 2  # intents of a pack that something can be told apart in


def learned_directory(intents: Path) -> Path:
    """Where the head of a pack lies. intents: the directory of the pack."""
    return intents / "learned"


def learn(pack: IntentPack, encoder: SentenceEncoder, *, seed: int = 0) -> Head:
    """The head of a pack, from all examples but those that only measure. 15,000 take about 30 s of one core."""
    chosen = [example for example in examples(pack) if not only_measures(example)]
    return _trained(chosen, encoder, seed)


def save(head: Head, pack: IntentPack, directory: Path) -> None:
    """Write a head and the fingerprint of what it was learned from. Raises OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    head.save(directory / _HEAD)
    (directory / _STANCES).write_text(_stances_of(pack), encoding="utf-8")
    (directory / _FINGERPRINT).write_text(f"{fingerprint(pack)}\n", encoding="utf-8")


def is_current(pack: IntentPack, directory: Path) -> bool:
    """Whether what lies there was learned from this very pack, by these very rules."""
    known = ((_FINGERPRINT, f"{fingerprint(pack)}\n"), (_STANCES, _stances_of(pack)))
    files = [(directory / name, text) for name, text in known]
    return all(file.is_file() and file.read_text(encoding="utf-8") == text for file, text in files)


def open_learned(pack: IntentPack, directory: Path | None, cache: Path | None) -> Learned | None:
    """What understands the wordings of a pack.

    directory: of a head that was learned before; without one it is learned now. A test, and `hearthside learn --check`,
    say whether the one that ships is up to date. cache: where the encoder keeps its unpacked weights. None for a pack
    of too few sentences. Raises ModelError.
    """
    if directory and (directory / _HEAD).is_file():
        return Learned(EncodedScorer(SentenceEncoder.open(cache), Head.load(directory / _HEAD)), _stances(directory))
    chosen = list(examples(pack))
    if len({example.label for example in chosen} - {TALK}) < _FEWEST:
        return None
    encoder = SentenceEncoder.open(cache)
    return Learned(EncodedScorer(encoder, _trained(chosen, encoder, seed=0)), {})


def _stances(directory: Path) -> Mapping[str, UsualStances]:
    known = json.loads((directory / _STANCES).read_text(encoding="utf-8"))
    return {
        name: UsualStances(share, frozenset(map(Act, acts)), frozenset(map(Act, as_a_rule)))
        for name, (share, acts, as_a_rule) in known.items()
    }


def _stances_of(pack: IntentPack) -> str:
    known = {intent.name: usual_stances(intent) for intent in pack.intents}
    rows = {name: (round(each.negated, 4), sorted(each.acts), sorted(each.as_a_rule)) for name, each in known.items()}
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(rows.items())) + "\n}\n"


def _trained(chosen: list[Example], encoder: SentenceEncoder, seed: int) -> Head:
    abstraction = Abstraction(PARTNERS)
    texts = [abstraction(example.text) for example in chosen]
    if not texts:
        raise ModelError("the pack has no sentences to learn from")
    return train(texts, encoder.encode(texts), [example.label for example in chosen], seed=seed)
