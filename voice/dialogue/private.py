"""Privacy: a table of the intents that are let through while guests are there, and without the word of the couple.

Whatever reads or deletes kept lines asks here first, besides the door that the assistant keeps before every command.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import Enum, auto

from voice.content.steps import KeepNote, Recap, Step
from voice.dialogue.decision import Decision
from voice.dialogue.night import evening_of
from voice.dialogue.state import LockTime
from voice.language.calendar import inside

GUESTS = "guests"  # setting: since when guests are there (ISO); "" for none
CLOSED_UNTIL = "lock closed until"  # setting: until when no word opens kept lines (ISO); "" where one does
USUAL_NIGHT = (time(23, 0), time(7, 0))  # where the couple have no quiet hours
STAYS_OPEN = 600.0  # seconds that kept lines stay open after the right word


class Passage(Enum):
    """The effect of an intent on private things."""

    OPEN = auto()
    """Nothing: it is let through at any time."""
    READS = auto()
    """It reads kept lines, or tells what they are about."""
    DELETES = auto()
    """It deletes what is kept."""
    FOR_TWO = auto()
    """It is meant for the two alone: it waits while guests are there, and needs no word."""


def _all(*groups: str) -> frozenset[str]:
    return frozenset(name for group in groups for name in group.split())


TABLE = {
    Passage.READS: _all(
        "recap read_kind read_log read_this_day read_old read_entry open_jar jar_holds any_notes known_about_us",
        "reminders rituals left_out favourite",
    ),
    Passage.DELETES: _all(
        "forget forget_names undo forget_skips delete_kind delete_everything bucket_take_off delete_own",
        "forget_favourite cancel_reminder change_rituals",
    ),
    Passage.FOR_TWO: _all(
        "daily short_check_in coffee just_a_hug feelings weekly temperature stress_talk twenty_minutes needs good_news",
        "closeness inner_world weekly_truth date_money date_dreams date_fun date_family date_trust date_growth",
        "date_intimacy date_conflict date_closing monthly attachment_talk bedtime resume_session",
        "listening_round i_feel ask_need apology restart repair rough_patch eye_gazing",
        "three_good_things appreciation_time small_win make_ritual project_check ritual_review plan solo",
        "mood_after_fight mood_tender mood_spicy set_stage end_stage",
        "bring_back deeper touch_idea appreciation_stem bucket_check_off bucket_uncheck learn_voices",
    ),
    Passage.OPEN: _all(
        "stop again asked_what help answer_how what_heard mute cancel",
        "yes no not_now not_yet near_enough unsure change answer answer_when thank_you",
        "not_tonight end_session goodnight_here ready_early that_is_all ready_to_say may_keep hurt",
        "done more_time pass pause go_on back swap_first swap_first_here whose_turn set_length leave_out_step no_more",
        "not_okay self_harm unsafe emergency professional_help betrayal cool_off heard_not_fixed ground_rules",
        "privacy help_line set_help_line names this_is guests guests_gone louder softer slower faster goodnight",
        "forget_voices good_morning hello thanks okay who_are_you stop_keeping what_is_kept",
        "said_by appreciate_that appreciate_you appreciate_for appreciate_open keep_line keep_line_of bucket_add",
        "ask another skip lighter enough decks pick_deck more_decks love_maps tonight follow_up leave_out let_in",
        "remember add_own mood_tired mood_laugh mood_ten_minutes who_first why_this stages last_question",
        "remind remind_practice move_reminder snooze snooze_now noticed thanks_for_it phones_away quiet_minute",
        "start_timer alarm time_now date_today hug promise time_left pause_timer resume_timer add_time cancel_timer",
        "question_game swap_childhood funny_story good_memory two_truths finish_sentence play_a_game unplugged guide",
        "breathe_with_us long_hug",
        "kind_idea date_idea new_idea listening_cue validating_line follow_up_line reflect_line curious_question",
        "light_line small_thanks tip this_or_that finish_the_sentence goodnight_line project_idea feedback_line",
    ),
}
"""Every intent, by what it does. Private mode lets OPEN through and nothing else; the lock asks for the word before
READS and DELETES. Besides: questions stay at the lightest depth and decks to opt in to stay shut, notes wait,
nothing is offered that would be read, sessions leave out what is kept and read. A line that somebody says
now may still be kept, timers ring, and what they set a plain reminder for is said."""
_PASSAGES = {intent: passage for passage, intents in TABLE.items() for intent in intents}
LEFT_OUT_WITH_GUESTS = frozenset[type[Step]]({KeepNote, Recap})  # steps of the sessions that are let through


def passage_of(intent: str) -> Passage:
    """What an intent does; one that is in no table is for the two alone."""
    return _PASSAGES.get(intent, Passage.FOR_TWO)


def has_guests(decision: Decision) -> bool:
    """Whether private mode is on."""
    return bool(decision.records.settings.get(GUESTS))


def waits(decision: Decision, intent: str) -> bool:
    """Whether this waits until the guests have gone."""
    return has_guests(decision) and passage_of(intent) is not Passage.OPEN


def is_locked(decision: Decision) -> bool:
    """Whether a word is needed now before kept lines are read or deleted. The keyboard never needs it."""
    lock, opened = decision.manners.lock, decision.state.opened_at
    if lock.when is LockTime.OFF or not lock.word or decision.by_keyboard:
        return False
    if opened is not None and decision.at - opened < STAYS_OPEN:
        return False
    return lock.when is not LockTime.NIGHT or inside(decision.manners.quiet_hours or USUAL_NIGHT, decision.now.time())


def needs_word(decision: Decision, intent: str) -> bool:
    """Whether the word has to be said before this."""
    return passage_of(intent) in (Passage.READS, Passage.DELETES) and is_locked(decision)


def may_read(decision: Decision) -> bool:
    """Whether kept lines may be read aloud now."""
    return not (has_guests(decision) or is_locked(decision))


def closed_until(decision: Decision) -> datetime | None:
    """Until when no word opens kept lines; None where one does."""
    until = decision.records.settings.get(CLOSED_UNTIL, "")
    moment = datetime.fromisoformat(until) if until else None
    return moment if moment and decision.now < moment else None


def next_morning(now: datetime) -> datetime:
    """When the lock takes a word again after too many wrong ones."""
    return evening_of(now) + timedelta(days=1)


def without_private(kinds: Iterable[type[Step]], decision: Decision) -> frozenset[type[Step]]:
    """The kinds of steps that a session leaves out now."""
    return frozenset(kinds) | (LEFT_OUT_WITH_GUESTS if has_guests(decision) else frozenset())
