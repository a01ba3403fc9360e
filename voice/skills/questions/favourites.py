"""Favourite questions: remembered, forgotten, asked again."""

from voice.content import LIGHTEST
from voice.dialogue.decision import Decision
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.skills.questions import available, ideas
from voice.skills.questions.asking import DeeperFirst, ask_at, read_prompt
from voice.skills.questions.available import FAVOURITES, ids_in
from voice.skills.questions.deck_choice import Why, is_after_deep, needs_consent


def ask_favourite(decision: Decision, match: Match) -> None:
    """ "One of our favourites": the one not heard for longest; a deep one after a yes, and never two in a row."""
    decks, asked = available.available_decks(decision), decision.records.asked
    last = {each.prompt: place for place, each in enumerate(asked)}
    after_deep = is_after_deep(available.all_decks(decision.content, decision.records), asked)
    loved = [available.prompt_with(decks, key) for key in ids_in(decision.records, FAVOURITES)]
    ranked = sorted(
        (after_deep and needs_consent(prompt.depth), last.get(prompt.id, -1), prompt.id) for prompt in loved if prompt
    )
    if not ranked:
        decision.say("no_favourites")
        return
    too_deep, _, key = ranked[0]
    prompt = available.prompt_with(decks, key)
    if too_deep:
        decision.say("favourite_later")
        ask_at(decision, LIGHTEST)
    elif prompt and needs_consent(prompt.depth) and not decision.state.questions.deep_agreed:
        decision.change(awaited=DeeperFirst(key))
        decision.say("deeper_first")
    else:
        read_prompt(decision, key, Why.FAVOURITE)


# ---- favourites ---------------------------------------------------------------------------------------


def remember(decision: Decision, match: Match) -> None:
    """ "Remember this one": the question that is open."""
    _set_favourites(decision, add=True)


def forget_favourite(decision: Decision, match: Match) -> None:
    """ "Forget this favourite"."""
    _set_favourites(decision, add=False)


def _set_favourites(decision: Decision, *, add: bool) -> None:
    question = decision.state.questions.prompt
    if question and not ideas.open_list(decision):
        others = [key for key in ids_in(decision.records, FAVOURITES) if key != question.id]
        decision.act(SetSetting(FAVOURITES, "\n".join([*others, question.id] if add else others)))


def confirm_favourite(decision: Decision) -> None:
    """The list is on the disk."""
    question = decision.state.questions.prompt
    kept = question is not None and question.id in ids_in(decision.records, FAVOURITES)
    decision.say("favourite_kept" if kept else "favourite_forgotten")
