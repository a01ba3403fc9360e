"""`hearthside run`: an evening through the microphone, with the keyboard beside it."""

import sys
import time
from contextlib import closing
from pathlib import Path

from voice.captions import Caption, Captions, captions
from voice.commands.service_unit import STARTS_WITHIN
from voice.composition import House, finish_speaking, new_seed, open_ears, open_house, open_mouth
from voice.config import Home, find_home, load_config
from voice.edges.home import sole_use
from voice.edges.journal.keys import keys_of
from voice.edges.microphone import Microphone
from voice.edges.service_manager import ServiceManager
from voice.engines.registry import rooms_trouble
from voice.errors import LockedKeyring, MicrophoneError
from voice.runtime.ear_thread import Inbox
from voice.runtime.evening import Evening
from voice.runtime.mute_switch import MuteSwitch

SHORTEST_WAIT, LONGEST_WAIT = 10.0, 300.0  # seconds between two tries of a keyring; each may ask for its password


def run(
    directory: Path | None,
    *,
    as_json: bool,
    seed: int | None,
    show_ignored: bool,
    show_private: bool,
    troubles: bool,
) -> int:
    """Listen through the microphone; where there is none, play the demo and go on with the keyboard.

    A service waits instead, for a microphone as for a locked keyring. troubles: print nothing else.
    """
    home = find_home(directory)
    tell = captions(as_json=as_json, show_ignored=show_ignored, show_private=show_private, troubles=troubles)
    inbox, manager = Inbox(), ServiceManager()
    with sole_use(home):
        _wait_for_keyring(home, tell, manager)
        with (
            closing(Microphone(load_config(home).microphone, inbox.put, tell.note)) as microphone,
            closing(open_house(home)) as house,  # the microphone's process loads beside it
        ):
            try:
                microphone.open(patient=manager.listens)
            except MicrophoneError as error:
                trouble = error
            else:
                _listen(house, tell, inbox, microphone, seed, manager)
                return 0
    return _without_microphone(directory, trouble, show_private=show_private)


def _wait_for_keyring(home: Home, tell: Captions, manager: ServiceManager) -> None:
    """As a service: return when the keyring opens, if the key of the journal lies in one."""
    wait = SHORTEST_WAIT
    while manager.listens:
        try:
            keys_of(home).of_file(home.database)
            return
        except LockedKeyring as error:
            if wait == SHORTEST_WAIT:
                tell(Caption("error", 0.0, {"text": error.line()}))
        manager.waiting(wait + STARTS_WITHIN)
        time.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


def _listen(
    house: House, tell: Captions, inbox: Inbox, microphone: Microphone, seed: int | None, manager: ServiceManager
) -> None:
    """The evening."""
    MuteSwitch(house.home).open()  # a new evening begins with open ears
    tell.note("Opening ears and voice ...")
    mouth = open_mouth(house.config, inbox.put, tell.note)
    ears, recognizer = open_ears(house)
    try:
        tell.note(greeting(house, recognizer.engines))
        if why := rooms_trouble() if house.config.rooms else "":
            tell.note(f"It does not hear as it learned to for rooms and noise: {why}.")
        evening = Evening(house, mouth, ears, tell, new_seed() if seed is None else seed, inbox)
        evening.go_on(microphone, manager)
        finish_speaking(evening.loop, mouth)
    except KeyboardInterrupt:
        tell.note("Goodnight.")
    finally:
        recognizer.close()


def greeting(house: House, engines: tuple[str, ...]) -> str:
    """Who listens for whom, with which engines, and what the keys do."""
    known = house.config.partners
    names = " and ".join(known) if known else "the two of you (to be called by name, say: our names are ..., and ...)"
    ears = " and ".join(engines)
    how = {
        "wake": f"Say “{house.config.wake}” first: “{house.config.wake}, ask us a question”.",
        "key": "Press Enter, then say “ask us a question” or “help”.",
    }.get(house.config.listen, "Say “ask us a question” or “help”.")
    return (
        f"Listening for {names}, with {ears}. {how}\n"
        "Keys: Enter stops it, m Enter closes or opens the microphone, /quit ends. Or type what you would say."
    )


def _without_microphone(home: Path | None, error: MicrophoneError, *, show_private: bool) -> int:
    from voice.commands.demo import demo
    from voice.commands.keyboard import type_evening

    print(error.line())
    print("Here is an evening as it sounds, through the whole loop:")
    demo(home, as_json=False, seed=None, speak=None, quiet=False)
    if not sys.stdin.isatty():
        return 0
    print("Now you, by keyboard. Type “help”, or /quit.")
    return type_evening(home, as_json=False, seed=None, now=None, aloud=False, show_private=show_private)
