"""Which decks there are, named three at a time."""

from dataclasses import replace

from voice.dialogue.decision import Decision
from voice.language.text import speak_list
from voice.messages.meaning import Match
from voice.skills.questions import available
from voice.skills.questions.left_out import left_out

NAMED_AT_ONCE = 3  # decks named in one breath; practices row 4


def name_decks(decision: Decision, match: Match) -> None:
    """ "What decks do you have": never more than three at once."""
    decision.change(named=replace(decision.state.named, decks=0))
    name_more_decks(decision, match)


def name_more_decks(decision: Decision, match: Match) -> None:
    """ "More decks": the next three, those that both must want last; then from the first again."""
    decks = available.all_decks(decision.content, decision.records)
    decks = available.allowed(decks, left_out(decision.content, decision.records))
    titles = [deck.title for deck in sorted(decks, key=lambda deck: deck.opt_in)]
    if not titles:
        decision.say("all_left_out")
        return
    so_far = decision.state.named.decks
    begin = so_far if so_far < len(titles) else 0
    named = titles[begin : begin + NAMED_AT_ONCE]
    last = begin + len(named) == len(titles)
    decision.change(named=replace(decision.state.named, decks=begin + len(named)))
    decision.say("decks_last" if last else "decks", list=speak_list(named))
