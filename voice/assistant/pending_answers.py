"""A question whose answer is awaited: what settles it, what is asked again, and what silence settles."""

from dataclasses import replace
from typing import Any

from voice.assistant import global_commands
from voice.assistant.skills import Registry
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.person.carrier_phrases import without_hesitation
from voice.language.slots import NAME, TEXT
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode

ANSWER_WITHIN = 8.0  # seconds for a yes or a no; then the question is repeated once, then the safe choice counts
LINE_WITHIN = 30.0  # seconds for the first word of a dictated line; then likewise
HELD_FOR = 600.0  # seconds that a question waits after "hold on"
TIME_WITHIN = 120.0  # seconds that it waits after "let me think"; then it is put once more
REPROMPTS = 2  # short reprompts for an answer that was not understood
TALKED_OVER = 45.0  # seconds after the last of them from which on a question that nobody answers is let go
PLAIN_YES = "yes"
GOODNIGHT_HERE = "goodnight_here"
ENDS = (GOODNIGHT_HERE, "end_session")
GO_ON = "go_on"  # an intent that counts as a yes in the words of a template, but at no gate
NEAR_ENOUGH = "near_enough"  # an intent that is a yes where silence is one: "she got most of it"
LOOKS_BACK = ("help", "answer_how", "what_heard")  # intents that leave the question open
AGAIN = ("again", "asked_what")  # intents that ask for the question once more
NO_LINE = ("that_is_all", "pass", "no")  # intents of those who have no line, or no other one
PUTS_OFF = ("not_now", "pass", "not_tonight", "cancel")
NO = ("no", "that_is_all", *PUTS_OFF)
INTENTS = frozenset(
    {"yes", *NO, *AGAIN, NEAR_ENOUGH, "unsure", "not_yet", "words", "ready_to_say"}
    | {"answer", "answer_when", "change", "said_by", "thank_you"}
)
"""Intents that are answers while a question is open."""


class PendingAnswers:
    """Takes answers to the questions of all skills."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def as_line(self, decision: Decision, match: Match) -> Match:
        """A control word by its meaning alone, where a line is awaited that begins like it: that line."""
        awaited = decision.state.awaited
        if awaited is None or awaited.mode is not Mode.WORDS or match.is_meant_for_sure:
            return match
        is_line = self._registry.answers(awaited).begins_line(decision, match.text)
        return replace(match, intent="words", slots={TEXT.name: match.text}) if is_line else match

    def take(self, decision: Decision, awaited: PendingQuestion, match: Match) -> bool:
        """Whether the match settled the question, or had it put once more."""
        answers = self._registry.answers(awaited)
        if match.intent in LOOKS_BACK:
            return False
        if match.intent in AGAIN:
            global_commands.again(decision)
            decision.change(awaited=replace(awaited, since=None))
        elif awaited.mode is Mode.WORDS and not without_hesitation(match.text):
            decision.change(awaited=replace(awaited, since=decision.at))  # "um": they are about to begin
        elif match.intent == "ready_to_say":
            _begin_line(decision, awaited)
        elif match.intent == "words" and answers.dictated:
            answers.dictated(decision, awaited, str(match.slots[TEXT.name]))
        elif match.intent in ("answer", "answer_when") and answers.chosen:
            if not answers.chosen(decision, awaited, match):
                self.unclear(decision, awaited)
        elif _is_about_what_was_read(decision, awaited, answers, match):
            pass
        elif match.intent == "not_yet":
            _give_time(decision, awaited)
        elif match.intent in (NEAR_ENOUGH, "unsure") and answers.is_silence_yes(decision):
            self.settle(decision, awaited, yes=match.intent == NEAR_ENOUGH)
        elif match.intent in (NEAR_ENOUGH, "unsure"):
            self.unclear(decision, awaited, "reprompt_half")
        elif match.intent == "yes" and awaited.needs_plain_yes and not _is_plain(match):
            self.unclear(decision, awaited)
        elif match.intent == GO_ON and match.distance == 0 and not _needs_its_own_yes(awaited):
            self.settle(decision, awaited, yes=True)
        elif match.intent in PUTS_OFF and answers.put_off:
            self._put_off(decision, awaited)
        elif match.intent in ENDS and not decision.state.walk:
            self._end(decision, awaited, match)
        elif match.intent == "yes" or match.intent in NO or match.intent in awaited.settled_by:
            _note_whether_all(decision, match)
            self.settle(decision, awaited, yes=match.intent == "yes")
        else:
            return False
        return True

    def _end(self, decision: Decision, awaited: PendingQuestion, match: Match) -> None:
        """ "Let's stop here", "goodnight", to a question that is asked outside of a session."""
        if match.intent == GOODNIGHT_HERE:
            self._let_rest(decision, awaited)
            decision.run(replace(match, intent="goodnight"))
        else:
            self.settle(decision, awaited, yes=False)

    def take_words(self, decision: Decision, awaited: PendingQuestion, text: str) -> None:
        """An utterance that no sentence of the pack has: an answer, where the question takes one in any words."""
        in_words = self._registry.answers(awaited).in_words
        if not (in_words and in_words(decision, awaited, text)):
            self.unclear(decision, awaited)

    def unclear(self, decision: Decision, awaited: PendingQuestion, reply: str = "") -> None:
        """Something else was said: ask again, at most twice. What a session asks for in one of a few words is passed
        over then; any other question waits until they are quiet. reply: what is asked instead of "yes, or no?"."""
        if awaited.reprompts < REPROMPTS:
            again = replace(awaited, since=decision.at, reprompts=awaited.reprompts + 1)
            _ask_once_more(decision, again, reply or f"reprompt_{again.reprompts}")
        elif awaited.mode is Mode.ANSWER and decision.state.walk:
            self._let_rest(decision, awaited)
        else:
            decision.change(awaited=replace(awaited, reprompts=REPROMPTS + 1))

    def wait(self, decision: Decision, awaited: PendingQuestion) -> None:
        """Time passes without an answer: ask once more, then settle for the safe choice."""
        if awaited.since is None or decision.state.speaking:
            return
        if awaited.reprompts > REPROMPTS and not decision.state.walk and decision.at - awaited.since >= TALKED_OVER:
            self._let_rest(decision, awaited)  # a yes among themselves is no answer any more
            return
        if decision.at - max(awaited.since, decision.state.voices_at) < _patience(awaited):
            return
        if awaited.held:
            decision.change(awaited=replace(awaited, since=None, reprompts=1, held=0.0))
            _ask_again(decision)
        elif awaited.reprompts == 0:
            decision.change(awaited=replace(awaited, since=None, reprompts=1))
            if awaited.mode is Mode.ANSWER:
                _ask_again(decision, "still_there")
            else:
                _remind_of(decision, "reprompt_line" if awaited.mode is Mode.WORDS else "reprompt_silence")
        else:
            self._let_rest(decision, awaited)

    def _let_rest(self, decision: Decision, awaited: PendingQuestion) -> None:
        """Nobody answers: the safe choice counts, and is said once."""
        answers = self._registry.answers(awaited)
        if answers.put_off:
            self._put_off(decision, awaited)
        else:
            self.settle(decision, awaited, yes=answers.is_silence_yes(decision))

    def _put_off(self, decision: Decision, awaited: PendingQuestion) -> None:
        put_off = self._registry.answers(awaited).put_off
        assert put_off is not None, "the caller asked"
        put_off(decision, awaited)
        self._registry.settled(decision)

    def settle(self, decision: Decision, awaited: PendingQuestion, *, yes: bool) -> None:
        """A yes or a no, said or not."""
        self._registry.answers(awaited).settle(decision, awaited, yes)
        if not awaited.takes_session_on(yes):
            self._registry.settled(decision)


def _is_about_what_was_read(decision: Decision, awaited: PendingQuestion, answers: Answers[Any], match: Match) -> bool:
    """Whether it changes, owns or thanks for what was read back; then that is done."""
    if match.intent == "change" and answers.changed:
        answers.changed(decision, awaited)
    elif match.intent == "said_by" and answers.said_by:
        answers.said_by(decision, awaited, NAME.said_in(match.slots))
    elif match.intent == "thank_you" and answers.thanked:
        answers.thanked(decision, awaited)
    else:
        return False
    return True


def _note_whether_all(decision: Decision, match: Match) -> None:
    """ "That's all I've got", "nothing": of lines that are asked for one by one, none comes any more."""
    walk, awaited = decision.state.walk, decision.state.awaited
    if walk and awaited and awaited.mode is Mode.WORDS and match.intent in NO_LINE:
        decision.change(walk=replace(walk, enough=True))


def _needs_its_own_yes(awaited: PendingQuestion) -> bool:
    """Whether "carry on" is too little: something is kept, or a gate is passed."""
    return awaited.is_gate or awaited.is_asked_until_answered


def _begin_line(decision: Decision, awaited: PendingQuestion) -> None:
    """A mere yes, before they begin."""
    decision.change(awaited=replace(awaited, since=None, reprompts=1))
    decision.say("begin_line")


def _patience(awaited: PendingQuestion) -> float:
    """Seconds of silence after which the question is put again, or settled."""
    return awaited.held or (LINE_WITHIN if awaited.mode is Mode.WORDS else ANSWER_WITHIN)


def _is_plain(match: Match) -> bool:
    """Whether it is a yes in so many words, and was heard as just that."""
    return match.distance == 0 and match.sentence.split()[0] == PLAIN_YES


def _ask_once_more(decision: Decision, awaited: PendingQuestion, reply: str) -> None:
    decision.change(awaited=awaited)
    if awaited.mode is Mode.ANSWER:
        _ask_again(decision, "missed")
    else:
        _remind_of(decision, reply)


def _remind_of(decision: Decision, reply: str) -> None:
    """A word about the open question; "again" still repeats the question, not this."""
    question = decision.state.again
    decision.say(reply)
    decision.change(again=question)


def _give_time(decision: Decision, awaited: PendingQuestion) -> None:
    """They want to think first: the question stays open for longer, and is what "again" repeats."""
    question = decision.state.again[-1:]
    decision.say("not_yet")
    decision.change(again=question, awaited=replace(awaited, since=None, held=TIME_WITHIN))


def _ask_again(decision: Decision, opening: str = "") -> None:
    """The question once more, after a word about why."""
    question = decision.state.again[-1:]
    if opening:
        decision.say(opening)
    for text in question:
        decision.say_text(text, quotes=True)
    decision.change(again=question)


def begin_waiting(decision: Decision, awaited: PendingQuestion) -> None:
    """The question has been said aloud: now the waiting begins. After a wish in between it is put once more."""
    if awaited.put_again:
        decision.change(awaited=replace(awaited, since=None, put_again=()), again=awaited.put_again)
        _ask_again(decision)
        return
    if awaited.mode is Mode.WORDS and awaited.since is None:
        decision.chime(ChimeName.RECORDING_ON)
    decision.change(awaited=replace(awaited, since=decision.at))
