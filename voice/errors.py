"""Every error that a user can see: what happened, where, and what to do about it.

HearthsideError
├── PackError          mistakes in intents/ or prompts/ (all of them at once)
├── ConfigError        mistakes in config.yaml
├── MicrophoneError    no microphone, lost, or refused
├── LoudspeakerError   no loudspeaker, lost, or refused
├── RecognizerError    no engine could be started, or a model is damaged
├── SynthesizerError   no voice could be started
├── ModelError         a speech model could not be found, fetched or unpacked
└── JournalError       the database cannot be opened, read or written
    ├── DamagedJournal     it is damaged, empty or no database
    └── LockedJournal      it is encrypted, and its key is not at hand
        └── LockedKeyring      the keyring with its key is locked, or does not answer yet
"""


class HearthsideError(Exception):
    """One line for the user.

    what: what happened, a plain sentence without a final full stop.
    where: the file, device or place ("" when there is none).
    fix: what to do, a plain sentence ("" when nothing can be done).
    """

    def __init__(self, what: str, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(self.line())

    def line(self) -> str:
        """Everything in one line: `where: what. fix`."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}." + (f" {self.fix}" if self.fix else "")


class MistakesError(HearthsideError):
    """Several mistakes found in one go; each is a line `FILE:LINE:COL: what was wrong`."""

    def __init__(self, mistakes: tuple[str, ...], fix: str = "") -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(mistakes), fix=fix)

    def line(self) -> str:
        """The mistakes, one a line, and the fix last."""
        return "\n".join([*self.mistakes, *([self.fix] if self.fix else [])])


class PackError(MistakesError):
    """A pack in intents/ or prompts/ is not as it should be."""


class ConfigError(MistakesError):
    """config.yaml is not as it should be."""


class MicrophoneError(HearthsideError):
    """There is no microphone, or it was lost or refused."""


class LoudspeakerError(HearthsideError):
    """There is no loudspeaker, or it was lost or refused."""


class RecognizerError(HearthsideError):
    """No recognizer could be started."""


class SynthesizerError(HearthsideError):
    """No voice could be started."""


class ModelError(HearthsideError):
    """A speech model could not be found, fetched, checked or unpacked."""


class JournalError(HearthsideError):
    """The journal cannot be opened, read or written."""


class DamagedJournal(JournalError):
    """The journal can be read in parts at most."""


class LockedJournal(JournalError):
    """The journal is encrypted, and its key, or the library that opens it, is not at hand."""


class LockedKeyring(LockedJournal):
    """The keyring in which the key lies is locked, or does not answer: a login may change that."""
