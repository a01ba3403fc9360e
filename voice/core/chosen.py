"""What is chosen in another way than by chance: tonight's question, the favourites, and which decks are named."""

from datetime import timedelta

from voice.core import preferences
from voice.core.decision import Decision
from voice.core.decks import DEEPEST, LIGHTEST, choose, is_after_deep, needs_consent
from voice.core.questions import ask_at, read_prompt
from voice.core.state import Awaited
from voice.core.text import speak_list
from voice.messages import SetSetting

TONIGHT = "question for tonight"  # a setting: the date of the evening and the id of the prompt
NIGHT_ENDS = timedelta(hours=4)  # after midnight: until then it is still the evening before
NAMED_AT_ONCE = 3  # decks named in one breath; practices row 4


def tonight(decision: Decision) -> None:
    """ "The question for tonight": light or warm, and the same all evening."""
    evening = (decision.now - NIGHT_ENDS).date().isoformat()
    date, _, key = decision.records.settings.get(TONIGHT, "").partition(" ")
    decks = preferences.shelf(decision)
    prompt = preferences.prompt_with(decks, key) if date == evening else None
    if prompt:
        decision.change(question=prompt, asked_at=decision.at)
        decision.say_text(prompt.text)
        return
    lighter = preferences.only(decks, lambda prompt: not needs_consent(prompt.depth))
    if not lighter:
        decision.say("all_left_out")
        return
    depth = decision.random.choice((LIGHTEST, DEEPEST - 1))
    key = choose(lighter, decision.records.asked, depth=depth, shuffle=decision.random).prompt.id
    decision.act(SetSetting(TONIGHT, f"{evening} {key}"))
    read_prompt(decision, key)


def favourite(decision: Decision) -> None:
    """ "One of our favourites": the one not heard for longest; a deep one after a yes, and never two in a row."""
    decks, asked = preferences.shelf(decision), decision.records.asked
    last = {each.prompt: place for place, each in enumerate(asked)}
    after_deep = is_after_deep(preferences.all_decks(decision.content, decision.records), asked)
    loved = [preferences.prompt_with(decks, key) for key in preferences.favourites(decision.records)]
    ranked = sorted(
        (after_deep and needs_consent(prompt.depth), last.get(prompt.id, -1), prompt.id) for prompt in loved if prompt
    )
    if not ranked:
        decision.say("no_favourites")
        return
    too_deep, _, key = ranked[0]
    prompt = preferences.prompt_with(decks, key)
    if too_deep:
        decision.say("favourite_later")
        ask_at(decision, LIGHTEST)
    elif prompt and needs_consent(prompt.depth) and not decision.state.deep_agreed:
        decision.change(awaited=Awaited("deeper", about=key))
        decision.say("deeper_first")
    else:
        read_prompt(decision, key)


def name_decks(decision: Decision) -> None:
    """ "What decks do you have": never more than three at once."""
    decision.change(decks_named=0)
    name_more_decks(decision)


def name_more_decks(decision: Decision) -> None:
    """ "More decks": the next three, those that both must want last; then from the first again."""
    decks = preferences.all_decks(decision.content, decision.records)
    decks = preferences.without(decks, preferences.left_out(decision.records))
    titles = [deck.title for deck in sorted(decks, key=lambda deck: deck.opt_in)]
    if not titles:
        decision.say("all_left_out")
        return
    begin = decision.state.decks_named if decision.state.decks_named < len(titles) else 0
    named = titles[begin : begin + NAMED_AT_ONCE]
    last = begin + len(named) == len(titles)
    decision.change(decks_named=begin + len(named))
    decision.say("decks_last" if last else "decks", list=speak_list(named))
