"""A pack of a few lines."""

from pathlib import Path

INTENTS = """
rules:
  please: "[please]"
lists:
  depth:
    light: [light, something lighter]
    deep: deep
intents:
  ask:
    when: [idle, question]
    sentences:
      - "<please> ask us (a|another) [{depth}] question"
    say: ask us a question
    not: ["she asked a question"]
  stop:
    when: [turn]
    exact: true
    say: [stop]
"""
DECK = """
name: day
title: "the day deck"
practice: [3]
opt_in: yes
family: love maps
prompts:
  - {id: day-1, depth: 1, text: "What made you laugh?", tags: [fun], follow_up: "Who else laughed?"}
  - {id: day-2, depth: 3, text: "What would you rather not say?", practice: [4, 5]}
"""
SCRIPT = """
name: bedtime check-in
register: bedtime
minutes: 5
intro: {first: ["Phones away."], later: ["Here we are."]}
left: Goodnight.
steps:
  - say: Hello.
  - breathe: {breaths: 2}
    lines: [Breathe.]
  - turn: {seconds: 40, who: each, swap: true}
    lines: ["{name}, how are you? {other} listens."]
  - quiet: 10
  - recap:
"""
REPLIES = """
kept: "It's kept."
keep_that: ["For {name}, from {other}: {text}. Keep it?"]
paused: {dinner: Paused., bedtime: [Shh.]}
"""


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
