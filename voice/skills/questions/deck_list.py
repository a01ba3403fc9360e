"""Which decks there are, named three at a time."""

from voice.dialogue.decision import Decision
from voice.language.text import speak_list
from voice.skills.questions import available

NAMED_AT_ONCE = 3  # decks named in one breath; practices row 4


def name_decks(decision: Decision) -> None:
    """ "What decks do you have": never more than three at once."""
    decision.change(decks_named=0)
    name_more_decks(decision)


def name_more_decks(decision: Decision) -> None:
    """ "More decks": the next three, those that both must want last; then from the first again."""
    decks = available.all_decks(decision.content, decision.records)
    decks = available.without(decks, available.left_out(decision.records))
    titles = [deck.title for deck in sorted(decks, key=lambda deck: deck.opt_in)]
    if not titles:
        decision.say("all_left_out")
        return
    begin = decision.state.decks_named if decision.state.decks_named < len(titles) else 0
    named = titles[begin : begin + NAMED_AT_ONCE]
    last = begin + len(named) == len(titles)
    decision.change(decks_named=begin + len(named))
    decision.say("decks_last" if last else "decks", list=speak_list(named))
