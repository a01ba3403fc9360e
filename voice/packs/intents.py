"""Reads intents/*.yaml: rules, lists, and what people say for each intent."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voice.content import Intent, IntentPack
from voice.files.fields import Entry, Fields, as_scalar
from voice.files.strict_yaml import Location, Mistakes, Scalar, did_you_mean, read_yaml
from voice.messages.recognition import Mode
from voice.nlu.grammar.foreign import IMPORT
from voice.nlu.grammar.grammar import Grammar
from voice.packs.home_assistant import sign_of_home_assistant

MODES = tuple(mode.value for mode in Mode)
PATTERN_NAME = re.compile(r"\{([a-z_]+)\}")
TAKES_ANYTHING = "whatever is said would be this: expected words that are always said beside the free slot"
TEMPLATE_MARK = re.compile(r"[\[\](){}<>|]")


def with_patterns(frame: str, patterns: Mapping[str, str]) -> str:
    """A frame as a regular expression: `{slot}` becomes a group of that name with the slot's pattern."""
    return PATTERN_NAME.sub(
        lambda found: f"(?P<{found[1]}>{patterns[found[1]]})" if found[1] in patterns else found[0], frame
    )


@dataclass(slots=True)
class _Draft:
    """An intent as it grows from ours and the couple's files."""

    place: Location
    when: frozenset[Mode]
    exact: bool
    care: bool
    within: tuple[Scalar, ...]
    sentences: tuple[Scalar, ...] = ()
    say: tuple[Scalar, ...] = ()
    avoid: tuple[Scalar, ...] = ()
    frames: tuple[Scalar, ...] = ()
    own: tuple[Scalar, ...] = ()
    verbs: tuple[Scalar, ...] = ()
    opposites: tuple[Scalar, ...] = ()
    undoes: bool = False
    told: bool = False
    alike: tuple[Scalar, ...] = ()
    part_of: Scalar | None = None

    def take_lines(self, fields: Fields, *, own: bool = False) -> None:
        """Add the lines that stand in `fields`. own: they are the couple's."""
        self.sentences += fields.scalars("sentences")
        said = fields.scalars("say")
        self.say += said
        self.own += said if own else ()
        self.avoid += fields.scalars("not")

    def intent(self, name: str, verbs: Mapping[str, Sequence[str]], patterns: Mapping[str, str]) -> Intent:
        """verbs: name -> words that mean the same. patterns: slot -> what may stand for it in a frame."""
        sentences, say, avoid = (
            tuple(scalar.text for scalar in scalars) for scalars in (self.sentences, self.say, self.avoid)
        )
        within = tuple(scalar.text for scalar in self.within)
        frames = tuple(with_patterns(scalar.text, patterns) for scalar in self.frames)
        own = tuple(scalar.text for scalar in self.own)
        where = str(self.place)
        own_verbs, opposites = (
            frozenset(word for scalar in scalars for word in verbs.get(scalar.text, (scalar.text,)))
            for scalars in (self.verbs, self.opposites)
        )
        return Intent(
            name,
            self.when,
            sentences,
            say,
            avoid,
            self.exact,
            self.care,
            within,
            where,
            frames,
            own=own,
            verbs=own_verbs,
            opposites=opposites,
            undoes=self.undoes,
            told=self.told,
            alike=frozenset(each.text for each in self.alike),
            part_of=self.part_of.text if self.part_of else "",
        )


def read_intents(
    language: str,
    ours: Iterable[Path],
    theirs: Iterable[Path],
    mistakes: Mistakes,
    standard: frozenset[Mode] = frozenset(),
) -> IntentPack:
    """The intents of our files; the couple's files add lines, rules and spoken forms to them.

    standard: when an intent that does not say `when` can be said; empty: every one must say it.
    """
    reader = _Reader(mistakes, standard)
    for file in ours:
        reader.read(file, reader.new_intent)
    for file in theirs:
        reader.read(file, reader.more_lines)
    reader.check_lines()
    return IntentPack(
        language,
        tuple(draft.intent(name, reader.verbs, reader.patterns) for name, draft in reader.drafts.items()),
        {name: template.text for name, template in reader.rules.items()},
        reader.lists,
        keywords=reader.keywords,
    )


@dataclass(slots=True)
class _Reader:
    """What the files hold so far."""

    mistakes: Mistakes
    standard: frozenset[Mode]
    drafts: dict[str, _Draft] = field(default_factory=dict)
    rules: dict[str, Scalar] = field(default_factory=dict)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    keywords: dict[str, dict[str, str]] = field(default_factory=dict)
    verbs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)

    def read(self, file: Path, take_intent: Callable[[Entry], None]) -> None:
        """Read one file, handing each intent to `take_intent`."""
        root = read_yaml(file, self.mistakes)
        if place := sign_of_home_assistant(root):
            self.mistakes.add(place, f"this is written for Home Assistant; {IMPORT}")
            return
        fields = Fields(root, self.mistakes)
        for rule in fields.entries("rules"):
            self._new_rule(rule.name.text, as_scalar(rule.node, "a template", self.mistakes))
        for slot in fields.entries("lists"):
            self._more_forms(self.lists.setdefault(slot.name.text, {}), Fields(slot.node, self.mistakes))
        for slot in fields.entries("keywords"):
            self._more_forms(self.keywords.setdefault(slot.name.text, {}), Fields(slot.node, self.mistakes))
        verbs = Fields(fields.node("verbs"), self.mistakes)
        self.verbs |= {name: tuple(word.text for word in verbs.scalars(name)) for name in verbs.names}
        for pattern in fields.entries("patterns"):
            if scalar := as_scalar(pattern.node, "a regular expression", self.mistakes):
                self.patterns[pattern.name.text] = scalar.text
        for intent in fields.entries("intents"):
            take_intent(intent)
        fields.finish()

    def _new_rule(self, name: str, template: Scalar | None) -> None:
        if template and name in self.rules:
            self.mistakes.add(template.place, f"there is a rule <{name}> already, in {self.rules[name].place}")
        elif template:
            self.rules[name] = template

    def _more_forms(self, forms: dict[str, str], values: Fields) -> None:
        for value in values.names:
            for spoken in values.scalars(value):
                self._check_plain(spoken, "plain words", "write out each way to say it")
                if forms.setdefault(spoken.text, value) != value:
                    already = f'"{spoken.text}" means {forms[spoken.text]} already'
                    self.mistakes.add(spoken.place, already)

    def new_intent(self, entry: Entry) -> None:
        """An intent of ours."""
        name, place = entry.name.text, entry.name.place
        fields = Fields(entry.node, self.mistakes)
        left_out = self.standard and fields.node("when") is None
        when = self.standard if left_out else frozenset(Mode(mode) for mode in fields.choices("when", MODES))
        exact, care = fields.boolean("exact", False), fields.boolean("care", False)
        draft = _Draft(
            place,
            when,
            exact,
            care,
            fields.scalars("within"),
            frames=fields.scalars("frames"),
            verbs=fields.scalars("verbs"),
            opposites=fields.scalars("opposites"),
            undoes=fields.boolean("undoes", False),
            told=fields.boolean("told", False),
            alike=fields.scalars("alike"),
            part_of=fields.scalar("part_of"),
        )
        draft.take_lines(fields)
        fields.finish()
        if name in self.drafts:
            self.mistakes.add(place, f'there is an intent "{name}" already, in {self.drafts[name].place}')
        elif not draft.sentences and not draft.say:
            self.mistakes.add(place, f'expected "sentences" or "say" for the intent "{name}"')
        self.drafts.setdefault(name, draft)

    def more_lines(self, entry: Entry) -> None:
        """The couple's own lines for an intent of ours."""
        name = entry.name.text
        fields = Fields(entry.node, self.mistakes)
        if name in self.drafts:
            self.drafts[name].take_lines(fields, own=True)
            fields.finish()
        else:
            hint = did_you_mean(name, self.drafts)
            self.mistakes.add(entry.name.place, f'there is no intent "{name}" to add lines to{hint}')

    def check_lines(self) -> None:
        """Check every template, with the rules and lists of all files, and every plain sentence."""
        rules = {name: template.text for name, template in self.rules.items()}
        grammar = Grammar(rules, self.lists)
        wrong = [name for name, template in self.rules.items() if not self._is_template(grammar, template)]
        # a wrong rule was told of once; where it is used it passes
        grammar = Grammar({**rules, **dict.fromkeys(wrong, "rule")}, self.lists)
        for draft in self.drafts.values():
            for other in (*draft.alike, *filter(None, (draft.part_of,))):
                if other.text not in self.drafts:
                    hint = did_you_mean(other.text, self.drafts)
                    self.mistakes.add(other.place, f'there is no intent "{other.text}"{hint}')
            for sentence in (*draft.sentences, *draft.within):
                if self._is_template(grammar, sentence) and grammar.takes_anything(sentence.text):
                    self.mistakes.add(sentence.place, f"{TAKES_ANYTHING}: {sentence.text}")
            for line in (*draft.say, *draft.avoid):
                self._check_plain(line)
            for frame in draft.frames:
                self._check_frame(frame)

    def _is_template(self, grammar: Grammar, template: Scalar) -> bool:
        found = grammar.mistakes(template.text)
        for mistake in found:
            hint = did_you_mean(mistake.unknown, mistake.known) if mistake.unknown else ""
            self.mistakes.add(template.place_of(mistake.column), mistake.what + hint)
        return not found

    def _check_frame(self, frame: Scalar) -> None:
        try:
            re.compile(with_patterns(frame.text, self.patterns))
        except re.error as error:
            self.mistakes.add(frame.place, f"expected a regular expression: {error}")

    def _check_plain(
        self, line: Scalar, expected: str = "a plain sentence", instead: str = 'templates go to "sentences"'
    ) -> None:
        mark = TEMPLATE_MARK.search(line.text)
        if mark:
            place = line.place_of(mark.start() + 1)
            self.mistakes.add(place, f'expected {expected} without "{mark[0]}"; {instead}')
