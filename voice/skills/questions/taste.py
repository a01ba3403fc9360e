"""The taste of the couple, told from favourites and skips: a weight per theme and depth, small and bounded.

A theme is a deck. A favourite counts one for its theme at its depth and a half for the theme at other depths; a skip
takes as much away. Two points double how often a theme comes, minus two halve it, and no number of points does more:
so every theme goes on coming. The numbers are a decision of ours, small enough to be told in one sentence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voice.content import Deck
from voice.dialogue.decision import Decision
from voice.dialogue.private import has_guests
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.messages.records import Records
from voice.skills.questions.available import FAVOURITES, SKIPPED, STAGE, ids_in

LATEST = 40  # skips that are remembered; tastes change
STRONGEST = 2.0  # points beyond which nothing changes
AT_THEIR_STAGE = 2.0  # how many times as often the deck of their stage of life comes


@dataclass(frozen=True, slots=True)
class Taste:
    """The preferences of the couple, as far as favourites and skips show them."""

    points: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Name of a deck and a depth -> favourites less skips."""
    stage: str = ""
    """Name of the deck of their stage of life; "" for none."""

    def weight(self, deck: str, depth: int) -> float:
        """How many times as often as usual this theme comes at this depth: 0.5 to 2, at their stage of life 1 to 4."""
        here = self.points.get((deck, depth), 0)
        elsewhere = sum(points for (theme, level), points in self.points.items() if theme == deck and level != depth)
        points = max(-STRONGEST, min(STRONGEST, here + elsewhere / 2))
        return float(2 ** (points / STRONGEST)) * (AT_THEIR_STAGE if deck == self.stage else 1.0)


def taste_of(decks: Iterable[Deck], records: Records) -> Taste:
    """The taste of this couple. decks: all there are."""
    themes = {prompt.id: (deck.name, prompt.depth) for deck in decks for prompt in deck.prompts}
    points = Counter[tuple[str, int]]()
    for setting, point in ((FAVOURITES, 1), (SKIPPED, -1)):
        for key in ids_in(records, setting):
            if key in themes:
                points[themes[key]] += point
    return Taste(points, records.settings.get(STAGE, ""))


def remember_skip(decision: Decision) -> None:
    """The open question was skipped; while guests are there that says nothing."""
    question = decision.state.questions.prompt
    if question and not has_guests(decision):
        ids = [key for key in ids_in(decision.records, SKIPPED) if key != question.id]
        decision.act(SetSetting(SKIPPED, "\n".join([*ids, question.id][-LATEST:])))


def forget_skips(decision: Decision, match: Match) -> None:
    """ "Forget what we skipped"."""
    if ids_in(decision.records, SKIPPED):
        decision.act(SetSetting(SKIPPED, ""))
    else:
        decision.say("no_skips")


def confirm_skips(decision: Decision) -> None:
    """The list is on the disk; only that it is empty is said."""
    if not ids_in(decision.records, SKIPPED):
        decision.say("skips_forgotten")
