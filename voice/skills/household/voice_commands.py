"""Louder, softer, slower, faster: one step at a time, within bounds, remembered for the next evening."""

from voice.dialogue.decision import Decision
from voice.dialogue.voice_settings import VoiceChange, changed, delivery_in, setting_of
from voice.messages.meaning import Match


def change_voice(decision: Decision, match: Match) -> None:
    """ "Louder": one step; at the bound it says so."""
    after = changed(delivery_in(decision.records.settings), VoiceChange(match.intent))
    if after is None:
        decision.say("voice_at_its_end")
    else:
        decision.act(setting_of(after))


def confirm_voice(decision: Decision) -> None:
    """The step is remembered: a word in the new voice lets them hear it."""
    decision.say("voice_changed")
