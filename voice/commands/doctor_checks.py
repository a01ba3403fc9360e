"""What `hearthside doctor` looks at: settings, files, clock, packs, models, recognizers and the voice."""

import os
import shlex
import stat
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from voice.child import ChildLost
from voice.config import OFF, Config, Home, load_config
from voice.content import Content
from voice.edges.recognizer import Recognizer
from voice.engines.models import BUILT_IN, FETCHED, MODELS, find_model
from voice.engines.protocol import EngineModel
from voice.errors import HearthsideError
from voice.language.calendar import inside
from voice.messages.delivery import Register
from voice.messages.recognition import Listening, Mode
from voice.messages.sound import RATE

PLAUSIBLE_YEARS = range(2026, 2100)  # a machine without a clock battery starts in 1970 or at its last shutdown
SHOWN = 20  # words that a model does not know
TIME_ZONES = (Path("/etc/localtime"), Path("/etc/timezone"))


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one thing is."""

    text: str
    """A line, or a line for every mistake."""
    ok: bool = True
    """Whether it is as it should be, or can stay as it is."""
    fix: str = ""
    """What to do; where it is ok, what one could do; "" for nothing."""


@dataclass
class Visit:
    """What one check leaves for those after it."""

    home: Home
    """The home that is looked at."""
    config: Config = field(default_factory=Config)
    """The defaults where there is no usable config.yaml."""
    content: Content | None = None
    """None until the packs are loaded, or where they cannot be."""
    recognizer: Recognizer | None = None
    """None until one is opened, or where none can be."""

    def close(self) -> None:
        """End what was opened."""
        if self.recognizer:
            self.recognizer.close()


# ---- settings, files, clock -----------------------------------------------------------------------


def settings(visit: Visit) -> CheckResult:
    """Whether config.yaml can be read and names are given."""
    visit.config = load_config(visit.home)
    if visit.config.partners is None:
        return CheckResult(
            f"no names yet, in {visit.home.directory}", fix="Give them: hearthside setup --names NAME NAME"
        )
    first, second = visit.config.partners
    how = {"wake": f"after “{visit.config.wake}”", "key": "after a key"}.get(visit.config.listen, "to all that is said")
    return CheckResult(
        f"{first} and {second}, in {visit.home.directory}; it listens {how} (listen: {visit.config.listen})"
    )


def permissions(visit: Visit) -> CheckResult:
    """Whether only their owner can read the home, the settings and the database."""
    home = visit.home
    if not home.directory.exists():
        return CheckResult(f"{home.directory} is not there yet; it is made when something is kept")
    if not home.directory.is_dir():
        return CheckResult(f"{home.directory} is no directory", False, "Choose another place with --home DIR.")
    if sys.platform == "win32":
        return CheckResult("the user's own folders are private")
    there = [path for path in (home.directory, home.config_file, home.database) if path.exists()]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in there}
    open_ones = [path for path in there if modes[path] & 0o077]
    if open_ones:
        text = "others can get at " + ", ".join(f"{path} (mode {modes[path]:o})" for path in open_ones)
        return CheckResult(text, False, f"chmod go= {shlex.join(map(str, open_ones))}")
    return CheckResult("only you can read what is kept")


def database(visit: Visit) -> CheckResult:
    """Whether the journal opens, is undamaged and can be read to its end."""
    from voice.edges.home import settled
    from voice.edges.journal import Journal
    from voice.edges.journal.keys import PLAIN, keys_in

    file = settled(visit.home).database
    keys = keys_in(visit.config.encryption)
    if not file.exists() and keys is PLAIN:
        return CheckResult("none yet; it is made on the first evening")
    journal = Journal(file, keys)
    copies = journal.copies.newest_first(datetime.now().astimezone())
    journal.close()
    how = f", encrypted with a key {keys.where}" if keys.known else ""
    newest = f", the newest of {copies[0].stem}" if copies else ""
    return CheckResult(f"opens, undamaged, {file.stat().st_size / 1000:.0f} kB{how}; copies: {len(copies)}{newest}")


def clock(visit: Visit) -> CheckResult:
    """Whether the nightly recap can come when it should."""
    zone_known = sys.platform == "win32" or "TZ" in os.environ or any(place.exists() for place in TIME_ZONES)
    return clock_finding(datetime.now().astimezone(), visit.config, zone_known=zone_known)


def clock_finding(now: datetime, config: Config, *, zone_known: bool) -> CheckResult:
    """As `clock`, at a given time."""
    shown = f"{now:%Y-%m-%d %H:%M} {now.tzname()}"
    if now.year not in PLAUSIBLE_YEARS:
        return CheckResult(f"it shows {shown}", False, "Set the computer's date.")
    if not zone_known:
        return CheckResult(
            f"{shown}, no time zone is set", False, "Set it, such as: timedatectl set-timezone Europe/Paris"
        )
    if config.recap_at and config.quiet_hours and inside(config.quiet_hours, config.recap_at):
        text = f"recap_at {config.recap_at:%H:%M} lies inside quiet_hours: it would never come by itself"
        return CheckResult(text, False, "Change one of them in config.yaml.")
    recap = f"nightly recap at {config.recap_at:%H:%M}" if config.recap_at else "no nightly recap"
    return CheckResult(f"{shown}, {recap}")


def service(visit: Visit) -> CheckResult:
    """Whether systemd runs it, and as it was installed."""
    from voice.commands.service import finding

    return CheckResult(*finding(visit.home.directory))


# ---- packs ----------------------------------------------------------------------------------------


def packs(visit: Visit) -> CheckResult:
    """Whether everything that is said and understood can be read, the couple's own packs too."""
    from voice.packs import load_content

    content = visit.content = load_content(visit.config.language, visit.home.directory)
    counts = {
        "intents": len(content.intents.intents),
        "decks": len(content.decks),
        "prompts": sum(len(deck.prompts) for deck in content.decks),
        "sessions": len(content.scripts),
        "replies": len(content.replies),
    }
    return CheckResult(", ".join(f"{what} {number}" for what, number in counts.items()))


def words(visit: Visit) -> CheckResult:
    """Which words of the packs and names a recognizer with a fixed vocabulary has never heard of."""
    from voice.composition import STAND_INS
    from voice.nlu.understanding import Understanding

    if visit.content is None or visit.recognizer is None:
        return CheckResult("not looked at", False, "Mend packs and recognizers first.")
    at_work = [model for model in MODELS if model.engine in visit.recognizer.engines]
    fixed = next((model for model in at_work if model.is_fixed_vocabulary), None)
    others = [model.engine for model in at_work if not model.is_fixed_vocabulary]
    if fixed is None:
        return CheckResult("any word can be heard")
    decks = [deck.name for deck in visit.content.decks]
    understanding = Understanding(visit.content.intents, visit.config.partners or STAND_INS, decks, None)
    sentences = {sentence for mode in Mode for sentence in understanding.index.engine_grammar(mode)}
    try:
        unknown = visit.recognizer.unknown_words(sentences)
    except ChildLost as error:
        return CheckResult(str(error), False, fixed.reinstall)
    if not unknown:
        return CheckResult(f"the {fixed.title} knows every word of the packs")
    text = f"the {fixed.title} does not know: {', '.join(unknown[:SHOWN])}"
    if len(unknown) > SHOWN:
        text += f" and {len(unknown) - SHOWN} more"
    if not others:
        return CheckResult(text, False, "Set `ears: auto` in config.yaml, or reword these in your packs.")
    return CheckResult(text, fix=f"Sentences with these words are left to {' and '.join(others)}.")


# ---- models and recognizers -----------------------------------------------------------------------


def model(of: EngineModel, visit: Visit) -> CheckResult:
    """Whether the model of an engine is there and is the one that it should be."""
    found = of.examine(visit.config.model, visit.home.models)
    return CheckResult(found.text, found.ok, found.fix)


def rooms(visit: Visit) -> CheckResult:
    """Whether it hears as it learned to for rooms and noise."""
    from voice.engines.registry import rooms_trouble

    if visit.config.rooms == OFF:
        return CheckResult(f"off: it hears as {BUILT_IN.title} has it (rooms: off)")
    if why := rooms_trouble():
        return CheckResult(f"not used, {why}: it hears as {BUILT_IN.title} has it", fix=BUILT_IN.reinstall)
    if visit.config.rooms == "on":
        return CheckResult("on: it hears all as it learned to for rooms and noise (rooms: on)")
    return CheckResult("auto: it hears again, through rooms and noise, what it cannot make out (rooms: auto)")


def recognizers(visit: Visit) -> CheckResult:
    """Which engines listen, why these, and whether they start: they are given a short silence to read."""
    from voice.edges.recognizer import open_recognizer

    ears = visit.config.ears
    folder = find_model(None, visit.config.model, visit.home.models)
    recognizer = visit.recognizer = open_recognizer(ears, folder, rooms=visit.config.rooms)
    recognizer.listen(Listening(Mode.YES_NO, ("yes", "no")))
    recognizer.accept(bytes(RATE))
    trouble = recognizer.finish().trouble
    if trouble:
        installers = ", ".join(f"{model.installer} for {model.engine}" for model in MODELS)
        return CheckResult(trouble, False, f"Install it again: {installers}.")
    why = f"ears: {ears}"
    if ears == "auto":
        why += f", and there is {'a' if folder else 'no'} {FETCHED.title}"
    return CheckResult(f"{' and '.join(recognizer.engines)} ({why})")


# ---- voice ----------------------------------------------------------------------------------------


def voice(visit: Visit) -> CheckResult:
    """Whether a voice can speak, and which one."""
    from voice.edges.synthesizer import open_synthesizer

    config = visit.config
    synthesizer = open_synthesizer(config.voice, config.language)
    try:
        sound = synthesizer.render("Hearthside", Register.DINNER)
    finally:
        synthesizer.close()
    if not any(sound.pcm):
        raise HearthsideError(f"the {synthesizer.engine} voice is silent", fix="Set `voice: system` in config.yaml.")
    if synthesizer.engine == "system" and config.voice != "system" and config.language == "en":
        again = "Run `pip install --force-reinstall hibari-tts==0.2.1`."
        return CheckResult("system, because the natural one does not start", fix=again)
    return CheckResult(f"{synthesizer.engine} (voice: {config.voice})")
