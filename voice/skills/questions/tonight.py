"""Tonight's question: one question for the whole evening."""

from dataclasses import replace

from voice.content import DEEPEST, LIGHTEST
from voice.dialogue.decision import Decision
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.skills.questions import available
from voice.skills.questions.asking import read_prompt, spoken
from voice.skills.questions.deck_choice import Why, choose

TONIGHT = "question for tonight"  # a setting: the date of the evening and the id of the prompt


def ask_tonights(decision: Decision, match: Match) -> None:
    """ "The question for tonight": light or warm, and the same all evening."""
    evening = decision.evening.isoformat()
    date, _, key = decision.records.settings.get(TONIGHT, "").partition(" ")
    decks = available.available_decks(decision)
    prompt = available.prompt_with(decks, key) if date == evening else None
    if prompt and not (prompt.depth > LIGHTEST and available.is_light(decision)):
        text = spoken(decision, prompt.text)
        open_one = replace(decision.state.questions, prompt=prompt, said=text, asked_at=decision.at, why=Why.TONIGHT)
        decision.change(questions=open_one)
        decision.say_text(text)
        return
    light = available.is_light(decision)
    lighter = available.only(decks, lambda prompt: prompt.depth <= (LIGHTEST if light else DEEPEST - 1))
    if not lighter:
        decision.say("all_left_out")
        return
    depth = LIGHTEST if light else decision.random.choice((LIGHTEST, DEEPEST - 1))
    key = choose(lighter, decision.records.asked, depth=depth, shuffle=decision.random).prompt.id
    decision.act(SetSetting(TONIGHT, f"{evening} {key}"))
    read_prompt(decision, key, Why.TONIGHT)
