"""A child process answers, dies, hangs and comes back."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice.child import Child, ChildLost
from voice.errors import RecognizerError


class Parrot:
    """An object with every kind of trouble in it."""

    def __init__(self, *words: str) -> None:
        if words == ("egg",):
            raise RecognizerError("it is an egg", "nest", "Wait.")
        if words == ("stone",):
            raise ValueError("parrots are not made of stone")
        if words == ("sloth",):
            signal.pause()
        self.words = list(words)

    def learn(self, word: str) -> None:
        self.words.append(word)

    def say(self) -> list[str]:
        return self.words

    def shout(self) -> str:
        os.write(1, b"SQUAWK")
        print("SQUAWK", flush=True)
        return "quiet again"

    def refuse(self) -> None:
        raise RecognizerError("the parrot refuses", "cage", "Give it a nut.")

    def break_down(self) -> None:
        raise KeyError("nut")

    def sleep_forever(self) -> None:
        signal.pause()


@pytest.fixture
def parrot() -> Iterator[Child]:
    with Child(Parrot, "hello", name="parrot") as child:
        yield child


def wait_for_end(pid: int, seconds: float = 10.0) -> bool:
    """Whether the process ends in time."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def test_tells_and_calls_arrive_in_order(parrot: Child) -> None:
    for word in ("big", "blue", "bird"):
        parrot.tell("learn", word)
    assert parrot.call("say") == ["hello", "big", "blue", "bird"]


def test_large_messages_pass_both_ways(parrot: Child) -> None:
    parrot.tell("learn", "a" * 3_000_000)
    assert parrot.call("say") == ["hello", "a" * 3_000_000]


def test_what_a_library_prints_does_not_disturb(parrot: Child) -> None:
    assert parrot.call("shout") == "quiet again"


def test_start_does_not_wait_and_the_same_process_answers(parrot: Child) -> None:
    assert parrot.pid is None
    parrot.start()
    pid = parrot.pid
    assert pid is not None
    parrot.call("say")
    assert parrot.pid == pid


def test_waiting_for_a_slow_start() -> None:
    with Child(Parrot, "sloth", name="parrot", start_patience=1.0) as sloth:
        assert not sloth.wait(0.01)
        with pytest.raises(ChildLost, match="would not start"):
            sloth.wait()
    with Child(Parrot, name="parrot") as parrot:
        assert parrot.wait()
        assert parrot.wait(0.0)


def test_our_errors_come_back_whole_and_the_child_lives_on(parrot: Child) -> None:
    with pytest.raises(RecognizerError) as caught:
        parrot.call("refuse")
    assert str(caught.value) == "cage: the parrot refuses. Give it a nut."
    assert (caught.value.what, caught.value.where, caught.value.fix) == (
        "the parrot refuses",
        "cage",
        "Give it a nut.",
    )
    assert parrot.call("say") == ["hello"]


def test_any_other_error_ends_the_child_with_its_text(parrot: Child) -> None:
    with pytest.raises(ChildLost, match="parrot died: KeyError: 'nut'"):
        parrot.call("break_down")
    assert parrot.call("say") == ["hello"]


def test_an_error_nobody_waited_for_is_told_at_the_next_call(parrot: Child) -> None:
    parrot.tell("break_down")
    with pytest.raises(ChildLost, match="KeyError"):
        parrot.call("say")
    assert parrot.call("say") == ["hello"]


def test_a_killed_child_is_replaced(parrot: Child) -> None:
    parrot.call("say")
    first = parrot.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    with pytest.raises(ChildLost, match="died"):
        parrot.call("say")
    assert parrot.call("say") == ["hello"]
    assert parrot.pid != first


@pytest.mark.parametrize("stop", [True, False])
def test_a_hung_child_is_replaced(parrot: Child, stop: bool) -> None:
    parrot.call("say")
    first = parrot.pid
    assert first is not None
    if stop:
        os.kill(first, signal.SIGSTOP)
    for _ in range(100):  # more than a pipe holds: telling must not block
        parrot.tell("learn", "a" * 10_000)
    with pytest.raises(ChildLost, match="hung: it did not answer in time"):
        parrot.call("sleep_forever", timeout=0.3)
    assert wait_for_end(first)
    assert parrot.call("say") == ["hello"]


def test_an_object_that_cannot_be_built() -> None:
    with (
        Child(Parrot, "egg", name="parrot") as egg,
        pytest.raises(RecognizerError, match="nest: it is an egg"),
    ):
        egg.call("say")
    with (
        Child(Parrot, "stone", name="parrot") as stone,
        pytest.raises(ChildLost, match="would not start: ValueError: parrots"),
    ):
        stone.call("say")


def test_an_interrupt_in_the_terminal_is_not_for_the_child(parrot: Child) -> None:
    parrot.call("say")
    pid = parrot.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert parrot.call("say") == ["hello"]
    assert parrot.pid == pid


def test_close_leaves_no_process_and_no_open_file() -> None:
    before = len(os.listdir("/proc/self/fd"))
    child = Child(Parrot, name="parrot")
    child.call("say")
    pid = child.pid
    assert pid is not None
    child.close()
    child.close()
    assert not Path(f"/proc/{pid}").exists()
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("busy", ["", "child.tell('sleep_forever')"])
def test_the_child_ends_when_its_parent_is_killed(busy: str) -> None:
    program = f"""
import sys
sys.path[:] = {sys.path!r}
from test_child import Child, Parrot
child = Child(Parrot, name="parrot")
child.call("say")
{busy}
print(child.pid, flush=True)
child.call("sleep_forever")
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        grandchild = int(parent.stdout.readline())
        parent.kill()
    assert wait_for_end(grandchild)


def test_no_socket_is_opened() -> None:
    program = f"""
import sys
sys.path[:] = {sys.path!r}
sys.addaudithook(lambda event, _: event.startswith("socket") and sys.exit(event))
from test_child import Child, Parrot
with Child(Parrot, "hello", name="parrot") as child:
    print(child.call("say"))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert run.stdout == "['hello']\n", run.stderr
