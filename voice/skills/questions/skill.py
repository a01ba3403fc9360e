"""Registers the questions: which intents they answer, what they ask, and what has reached the disk."""

from collections.abc import Mapping

from voice.content import Content
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Command, Skill
from voice.messages.actions import Action, ForgetPrompt, KeepPrompt, SetSetting
from voice.skills.questions import (
    asking,
    available,
    deck_list,
    favourites,
    ideas,
    left_out,
    moods,
    own_questions,
    questions,
    stages,
    taste,
    tonight,
)


def _pack_commands(content: Content) -> Mapping[str, Command]:
    return {**ideas.commands(content), **moods.commands(content)}


def _stored(decision: Decision, action: Action) -> bool:
    match action:
        case KeepPrompt():
            own_questions.confirm_kept(decision)
        case ForgetPrompt(prompt):
            own_questions.confirm_forgotten(decision, prompt)
        case SetSetting(left_out.SETTING):
            questions.confirm_topics(decision)
        case SetSetting(available.FAVOURITES):
            favourites.confirm_favourite(decision)
        case SetSetting(available.SKIPPED):
            taste.confirm_skips(decision)
        case SetSetting(available.STAGE):
            stages.confirm_stage(decision)
        case _:
            return False
    return True


def _failed(decision: Decision, action: Action) -> bool:
    match action:
        case ForgetPrompt():
            decision.say("could_not_forget")
        case KeepPrompt() | SetSetting(left_out.SETTING | available.FAVOURITES | available.STAGE):
            decision.say("could_not_keep")
        case SetSetting(available.SKIPPED):
            pass  # it was not asked for
        case _:
            return False
    return True


SKILL = Skill(
    "questions",
    commands={
        "ask": questions.ask,
        "another": questions.ask_another,
        "skip": questions.skip,
        "lighter": questions.ask_lighter,
        "deeper": questions.ask_deeper,
        "enough": questions.end_questions,
        "follow_up": questions.follow_up,
        "last_question": questions.ask_last,
        "set_stage": stages.set_stage,
        "end_stage": stages.end_stage,
        "stages": stages.name_stages,
        "why_this": questions.say_why,
        "forget_skips": taste.forget_skips,
        "who_first": questions.say_who_begins,
        "decks": deck_list.name_decks,
        "more_decks": deck_list.name_more_decks,
        "pick_deck": questions.pick_deck,
        "love_maps": questions.open_love_maps,
        "tonight": tonight.ask_tonights,
        "leave_out": left_out.leave_out,
        "let_in": left_out.let_in,
        "left_out": left_out.name_left_out,
        "remember": favourites.remember,
        "favourite": favourites.ask_favourite,
        "forget_favourite": favourites.forget_favourite,
        "add_own": own_questions.add_own,
        "delete_own": own_questions.delete_own,
    },
    pack_commands=_pack_commands,
    answers=(*asking.ANSWERS, *questions.ANSWERS, *moods.ANSWERS, *own_questions.ANSWERS, *stages.ANSWERS),
    stop=questions.stop,
    idle=questions.close_forgotten,
    stored=_stored,
    failed=_failed,
)
