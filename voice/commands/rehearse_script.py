"""`hearthside rehearse-script NAME`: plays a guided session fast with two stand-ins, and prints it with its times."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from voice.assistant.simulated_users import reaction
from voice.captions import Caption
from voice.commands.keyboard import TICK
from voice.composition import STAND_INS, House, open_understanding, starting_at
from voice.config import Home, find_home, load_config
from voice.content import Content, Script
from voice.dialogue import consent
from voice.edges.clock import AudioClock
from voice.edges.journal import Journal
from voice.errors import HearthsideError
from voice.files.strict_yaml import did_you_mean
from voice.language.slots import DURATION
from voice.messages.delivery import Register
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.nlu.understanding import Understanding
from voice.packs import load_content
from voice.speaking.mouth import EstimatedMouth
from voice.speaking.speech_duration import spoken_seconds

LONGEST = 3 * 3600.0  # seconds: a script that is not over by then never is


@dataclass(frozen=True, slots=True)
class Moment:
    """Something said or rung."""

    at: float
    """Seconds since the beginning."""
    who: str
    """One of "Hearthside", "(chime)" and "they"."""
    text: str
    """The words, or the name of the chime."""


@dataclass
class Played:
    """A session as it went."""

    moments: list[Moment] = field(default_factory=list)
    """What was said and rung, in order."""
    seconds: float = 0.0
    """How long it took in all."""
    speaking: float = 0.0
    """Seconds that Hearthside spoke."""
    finished: bool = False
    """It came to its end."""

    @property
    def share(self) -> float:
        """How much of it Hearthside speaks: 0 to 1."""
        return self.speaking / self.seconds if self.seconds else 0.0

    def add(self, caption: Caption, at: float, register: Register) -> None:
        """Note what Hearthside says or rings. register: in which it speaks."""
        if caption.event == "said":
            text = str(caption.fields["text"])
            self.moments.append(Moment(at, "Hearthside", text))
            self.speaking += spoken_seconds(text, register)
        elif caption.event == "chime":
            self.moments.append(Moment(at, "(chime)", str(caption.fields["name"])))


def rehearse_script(
    home: Path | None, name: str, *, minutes: float | None, variant: int, seed: int, as_json: bool
) -> int:
    """Play it once; returns the exit code. Raises HearthsideError for a name that no session has."""
    place = find_home(home)
    config = load_config(place)
    content = load_content(config.language, place.directory)
    script = _find(content, name)
    with stage(content, open_understanding(place, config, None)) as house:
        played = play(house, script.id, minutes=minutes, variant=variant, seed=seed)
    for moment in played.moments:
        print(_as_json(moment) if as_json else _as_line(moment))
    if not as_json:
        length = f"{played.seconds / 60:.1f} minutes (written for {script.minutes:g})"
        print(f"{script.name}: {length}; Hearthside speaks {played.share:.0%} of it.")
    return 0


def _find(content: Content, name: str) -> Script:
    wanted = name.strip().lower()
    for script in content.scripts:
        if wanted in (script.id, script.name):
            return script
    names = [script.id for script in content.scripts]
    what = f'there is no session "{name}"{did_you_mean(wanted, names)}'
    raise HearthsideError(what, fix=f"There are: {', '.join(names)}.")


@contextmanager
def stage(content: Content, understanding: Understanding) -> Iterator[House]:
    """A house of two stand-ins in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hearthside-rehearsal-") as directory:
        home = Home(Path(directory))
        config = replace(load_config(home), partners=STAND_INS, recap_at=None)
        journal = Journal(home.database)
        journal.store(consent.setting_of(STAND_INS))
        try:
            yield House(home, config, content, journal, understanding)
        finally:
            journal.close()


def play(
    house: House, script: str, *, minutes: float | None = None, variant: int = 0, seed: int = 0, tick: float = TICK
) -> Played:
    """A session with stand-ins.

    variant: which way they take, see assistant/simulated_users.py. tick: seconds from one look to the next.
    """
    clock = AudioClock(starting_at("2026-11-23T21:00"))
    mouth = EstimatedMouth(clock.at)
    played = Played()

    loop = house.loop(mouth, clock, lambda caption: played.add(caption, clock.at(), mouth.register), seed)
    loop.start()
    slots = {DURATION.name: 60 * minutes} if minutes else {}
    loop.want(Match(script, slots, "", ""))
    since, waiting = clock.at(), None
    while (loop.state.walk or loop.state.speaking) and clock.at() < LONGEST:
        clock.advance(tick)
        loop.tick()
        state = loop.state
        now_waiting = (state.walk.step, state.walk.part, state.awaited) if state.walk else None
        if now_waiting != waiting or state.speaking:
            since, waiting = clock.at(), now_waiting
        if state.speaking:
            continue
        their = reaction(state, variant)
        if their is None:
            continue
        if state.listening.mode is Mode.TURN:
            loop.voices()  # they talk
        if clock.at() - since >= their.after:
            played.moments.append(Moment(clock.at(), "they", their.words))
            loop.typed(their.words)
            waiting = None
    played.seconds = clock.at()
    played.finished = any(what == script for what, _ in loop.records.done)
    return played


def _as_line(moment: Moment) -> str:
    minutes, seconds = divmod(int(moment.at), 60)
    return f"{minutes:3d}:{seconds:02d}  {moment.who:<11} {moment.text}"


def _as_json(moment: Moment) -> str:
    return json.dumps({"at": round(moment.at, 2), "who": moment.who, "text": moment.text}, ensure_ascii=False)
