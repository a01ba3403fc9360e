"""Captions: what happens, a line each, for people to read along, or as JSON for programs."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TextIO

from voice.messages.actions import EndReminder, EndTimer, Forget, Keep, SetReminder, SetTimer, Storing
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Mode

NOT_SHOWN = "..."  # in place of private words


@dataclass(frozen=True, slots=True)
class Caption:
    """One thing that happened."""

    event: str
    """One of "explained" (why the next one), "heard", "matched", "ignored", "said", "kept", "forgotten", "timer",
    "reminder", "chime", "listening", "clock" (it was set), "error", "note" (a line of our own) and "spoken" (what the
    made-up people of the demo say)."""
    at: float
    """Seconds of audio, or of the session."""
    fields: Mapping[str, object]
    """Name -> value, as the README lists them for `--json`."""
    private: bool = False
    """Words stand in it that a partner said in a session, or to be kept."""


def explanation_fields(verdict: Match | NoMatch) -> dict[str, object]:
    """Why an utterance was or was not acted on, for JSON."""
    why = verdict.explanation
    if why is None:
        return {"reason": verdict.why if isinstance(verdict, NoMatch) else "", "hypotheses": []}
    heard = [
        {"text": each.text, "engine": each.engine, "score": each.score, "sayable": each.constrained}
        | ({"at_other_speeds": each.at_other_speeds} if each.at_other_speeds else {})
        for each in why.hypotheses
    ]
    reason = verdict.why if isinstance(verdict, NoMatch) else why.reason
    near = {"nearest": why.nearest, "means": why.intent or None, "distance": round(why.distance, 4), "gate": why.gate}
    rival = {"rival": why.rival, "margin": None if why.margin is None else round(why.margin, 4)}
    return {"reason": reason, **(near | rival if why.nearest else {}), "hypotheses": heard}


def explained(verdict: Match | NoMatch, at: float) -> Caption:
    """The caption that says why."""
    return Caption("explained", at, explanation_fields(verdict))


def of_stored(action: Storing, at: float, *, is_new: bool) -> Caption | None:
    """The caption of what was written down; None: nobody need know. is_new: it was not there before."""
    match action:
        case Keep(note) if is_new:
            return Caption("kept", at, {"who": note.who, "for": note.for_whom, "text": note.text})
        case Forget():
            return Caption("forgotten", at, {})
        case SetTimer(timer, state) | EndTimer(timer, state):
            return Caption("timer", at, {"name": timer.name, "state": state})
        case SetReminder(reminder, state):
            when = reminder.at.isoformat(timespec="minutes")
            return Caption("reminder", at, {"text": reminder.text, "state": state, "when": when})
        case EndReminder(reminder, state):
            return Caption("reminder", at, {"text": reminder.text, "state": state})
    return None


def told(verdict: Match | NoMatch, at: float, mode: Mode) -> tuple[Caption, ...]:
    """What is told of an utterance: nothing of somebody who is not okay, and no word of what a partner tells."""
    if isinstance(verdict, Match):
        if verdict.care:
            return ()
        matched = {"intent": verdict.intent, "slots": dict(verdict.slots)}
        heard = Caption("heard", at, {"text": _as_said(verdict)})
        return explained(verdict, at), heard, Caption("matched", at, matched)
    if mode is Mode.TURN:
        return (Caption("ignored", at, {"text": "", "why": "a partner has the turn"}),)
    ignored = Caption("ignored", at, {"text": verdict.text, "why": verdict.why})
    return explained(verdict, at), Caption("heard", at, {"text": verdict.text}), ignored


def _as_said(match: Match) -> str:
    """The reading that was taken; all of it, also where the speaker corrected it or wished for something else too."""
    heard = match.explanation.hypotheses if match.explanation else ()
    taken = not heard or any(match.text == each.text for each in heard)
    return match.text if taken else heard[0].text


class JsonCaptions:
    """One JSON object a line, each with `event` and `at`. explain: with those that say why."""

    def __init__(self, stream: TextIO | None = None, *, explain: bool = False) -> None:
        self._stream, self._explain = stream or sys.stdout, explain
        self._at = 0.0

    def note(self, text: str) -> None:
        """A line of our own, for whoever reads along; it has the time of what was told last."""
        self(Caption("note", self._at, {"text": text}))

    def __call__(self, caption: Caption) -> None:
        """Print it."""
        if caption.event == "explained" and not self._explain:
            return
        self._at = caption.at
        line = {"event": caption.event, "at": round(caption.at, 3), **caption.fields}
        print(json.dumps(line, ensure_ascii=False), file=self._stream, flush=True)


def explanation_text(fields: Mapping[str, object]) -> str:
    """The explanation of an utterance, in a line for people."""
    parts = [str(fields["reason"])]
    if fields.get("nearest"):
        parts.append(f"nearest “{fields['nearest']}” ({fields['means'] or 'no command'}), {fields['distance']} away")
        parts.append(f"at most {fields['gate']} would do")
        if fields["rival"]:
            parts.append(f"then “{fields['rival']}”, {fields['margin']} farther")
    heard = fields["hypotheses"]
    if isinstance(heard, list):
        parts += map(_reading, heard)
    return "; ".join(parts)


def _reading(heard: Mapping[str, Any]) -> str:
    among = " among the sayable" * heard["sayable"]
    elsewhere = ", ".join(f"“{text}”" for text in heard.get("at_other_speeds", ()))
    return f"{heard['engine']}{among}: “{heard['text']}”" + (f" (at other speeds {elsewhere})" if elsewhere else "")


class PlainCaptions:
    """The conversation as a couple would read it; what was none of its business is left out unless asked for.

    private: show what is private in a file or a pipe too, not only at a terminal.
    """

    def __init__(
        self, stream: TextIO | None = None, *, ignored: bool = False, explain: bool = False, private: bool = False
    ) -> None:
        self._stream, self._ignored, self._explain = stream or sys.stdout, ignored or explain, explain
        self._shows_private = private or self._stream.isatty()
        self._heard = ""

    def __call__(self, caption: Caption) -> None:
        """Print it, where it is worth a line."""
        if caption.private and not self._shows_private:
            if caption.event in ("explained", "ignored"):
                return
            caption = replace(caption, fields={**caption.fields, "text": NOT_SHOWN})
        line = self._line(caption)
        if line:
            minutes, seconds = divmod(int(caption.at), 60)
            print(f"{minutes:3d}:{seconds:02d}  {line}", file=self._stream, flush=True)

    def note(self, text: str) -> None:
        """Print a line of our own."""
        print(text, file=self._stream, flush=True)

    def _line(self, caption: Caption) -> str:
        fields = caption.fields
        match caption.event:
            case "spoken":
                return f"{fields['who']:<11} {fields['text']}"
            case "heard":
                self._heard = str(fields["text"])
                return ""
            case "matched":
                return f"you         “{self._heard}”  [{fields['intent']}]"
            case "ignored" if self._ignored and fields["text"]:
                return f"(ignored)   “{fields['text']}”: {fields['why']}"
            case "explained" if self._explain:
                return f"(why)       {explanation_text(fields)}"
            case "said":
                return f"Hearthside  {fields['text']}"
            case "timer":
                return f"(timer)     {fields['name']}: {fields['state']}"
            case "reminder":
                return f"(reminder)  {fields['text']}: {fields['state']}"
            case "chime":
                return f"(chime)     {fields['name']}"
            case "clock":
                return f"(clock)     set by {fields['set_by']} seconds: timers run on as before"
            case "error":
                return f"Trouble:    {fields['text']}"
        return ""


class Troubles:
    """Only what went wrong: for a log that others may read, in which no word of the couple stands."""

    def __call__(self, caption: Caption) -> None:
        """Print it, where it is trouble."""
        if caption.event == "error":
            print(caption.fields["text"], flush=True)

    def note(self, text: str) -> None:
        """Nobody reads along."""


Captions = JsonCaptions | PlainCaptions | Troubles


def captions(
    *,
    as_json: bool,
    show_ignored: bool = False,
    explain: bool = False,
    show_private: bool = False,
    troubles: bool = False,
) -> Captions:
    """For standard output, as the options say. JSON has everything: whoever asks for it asks for that."""
    if troubles:
        return Troubles()
    if as_json:
        return JsonCaptions(explain=explain)
    return PlainCaptions(ignored=show_ignored, explain=explain, private=show_private)
