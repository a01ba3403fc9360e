"""Registers what people ask of Hearthside itself."""

from voice.dialogue import private, voice_settings
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill, said_to_us_alone
from voice.language.naming import names_in
from voice.messages.actions import Action, Configure, ForgetVoices, KeepVoices, SetSetting
from voice.messages.meaning import Match
from voice.skills.household import (
    courtesies,
    goodnight,
    guests,
    help_line,
    lock,
    names,
    questions_about_it,
    voice_commands,
    voices,
)


def _hold_back(decision: Decision, match: Match) -> bool:
    return guests.hold_back(decision, match) or lock.ask_word(decision, match)


def _stored(decision: Decision, action: Action) -> bool:
    match action:
        case Configure(nameless=True):
            names.confirm_forgotten(decision)
        case Configure(partners=(_, _)):
            names.confirm_names(decision, action)
        case Configure():
            help_line.confirm_help_line(decision)
        case KeepVoices():
            decision.say("voices_learned")
        case ForgetVoices():
            decision.say("voices_forgotten")
        case SetSetting(private.GUESTS, since):
            guests.confirm(decision, since)
        case SetSetting(voice_settings.VOICE):
            voice_commands.confirm_voice(decision)
        case _:
            return False
    return True


def _failed(decision: Decision, action: Action) -> bool:
    match action:
        case Configure() | KeepVoices() | SetSetting(voice_settings.VOICE | private.GUESTS):
            decision.say("could_not_keep")
        case ForgetVoices():
            decision.say("could_not_forget")
        case _:
            return False
    return True


SKILL = Skill(
    "household",
    commands={
        **dict.fromkeys(voice_settings.VoiceChange, voice_commands.change_voice),
        "names": names.take_names,
        "forget_names": names.ask_to_forget,
        "this_is": names.take_speaker,
        "learn_voices": voices.begin,
        "forget_voices": voices.forget,
        "privacy": questions_about_it.answer_privacy,
        "who_are_you": questions_about_it.say_who_it_is,
        "known_about_us": questions_about_it.tell_what_is_known,
        "help_line": help_line.tell_help_line,
        "set_help_line": help_line.set_help_line,
        "guests": guests.begin,
        "guests_gone": guests.end,
        "goodnight": goodnight.say_goodnight,
        "thanks": courtesies.take_thanks,
        "okay": courtesies.take_okay,
    },
    needs={
        "names": lambda match, records: bool(names_in(match.text)),
        "thanks": said_to_us_alone,
        "okay": said_to_us_alone,
        "who_are_you": said_to_us_alone,
    },
    answers=(*names.ANSWERS, *lock.ANSWERS, *voices.ANSWERS),
    hold_back=_hold_back,
    stored=_stored,
    failed=_failed,
)
