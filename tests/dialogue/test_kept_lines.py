"""Whose a kept line is and how it is said: lines as people say them, turned towards the one whom they are about."""

from datetime import datetime

import pytest

from voice.dialogue.kept_lines import SpokenLine, line_by, named_in, spoken
from voice.messages.records import Note, NoteKind

COUPLES = (("Maya", "Tomás"), ("Bo", "Ana Sofía"), ("Sam", "Alex"))
NOW = datetime(2026, 11, 23, 21, 30).astimezone()


def partners_of(name: str) -> tuple[str, str]:
    return next(couple for couple in COUPLES if name in couple)


def kept(kind: str, by: str, said: str) -> SpokenLine:
    return spoken(line_by(kind, said, by=by, partners=partners_of(by), now=NOW))


APPRECIATIONS = [
    # ---- "I appreciate that ..."
    ("Maya", "Tomás picked up the kids", "that", "you picked up the kids"),
    ("Maya", "that Tomás cooked even though he was tired", "that", "you cooked even though you were tired"),
    ("Maya", "tomás let me sleep in and he took the kids", "that", "you let me sleep in and you took the kids"),
    ("Tomás", "Maya makes sure the kids know she loves them", "that", "you make sure the kids know you love them"),
    ("Tomás", "Maya picked up the kids even though she was exhausted and her back hurts", "that",
     "you picked up the kids even though you were exhausted and your back hurts"),
    ("Maya", "he did the dishes", "that", "you did the dishes"),
    ("Tomás", "she's so patient with the children", "that", "you are so patient with the children"),
    ("Tomás", "she's made me laugh all week", "that", "you have made me laugh all week"),
    ("Maya", "that he never complains", "that", "you never complain"),
    ("Maya", "Tomás gets up first, feeds the cat and makes the coffee", "that",
     "you get up first, feed the cat and make the coffee"),
    ("Maya", "Tomás cooks and cleans and still plays with the kids", "that",
     "you cook and clean and still play with the kids"),
    ("Maya", "Tomás makes soups and stews", "that", "you make soups and stews"),
    ("Maya", "Tomás gives the best hugs and kisses", "that", "you give the best hugs and kisses"),
    ("Maya", "he doesn't give up and always tries again", "that", "you don't give up and always try again"),
    ("Maya", "Tomás isn't afraid to say sorry", "that", "you aren't afraid to say sorry"),
    ("Maya", "Tomás would've come if I had asked him", "that", "you would've come if I had asked you"),
    ("Maya", "Tomás'll always pick up when I call him", "that", "you'll always pick up when I call you"),
    ("Maya", "um Tomás he just listened", "that", "you just listened"),
    ("Maya", "you picked me up from the station", "that", "you picked me up from the station"),
    ("Maya", "you were kind to my sister when she was here", "that", "you were kind to my sister when she was here"),
    ("Maya", "you're always there for me", "that", "you're always there for me"),
    ("Maya", "Tomás, you made my day", "that", "you made my day"),
    ("Maya", "Tomás I really loved how you held the ladder", "of", "how you held the ladder"),
    ("Maya", "I have to say Tomás was brilliant with the plumber", "that", "you were brilliant with the plumber"),
    ("Maya", "you made my day, Tomás", "that", "you made my day"),
    ("Maya", "well, um, you took the kids so I could nap", "that", "you took the kids so I could nap"),
    ("Maya", "I appreciate that you called my dad", "that", "you called my dad"),
    ("Maya", "I'm so glad that Tomás found a job he likes", "that", "you found a job you like"),
    ("Maya", "I'm grateful that Tomás believes in me", "that", "you believe in me"),
    ("Maya", "because he drove all that way to see us", "that", "you drove all that way to see us"),
    ("Maya", "my mother adores him and he lets her talk", "line", "my mother adores you and you let her talk"),
    ("Maya", "Tomás and I danced in the kitchen", "that", "you and I danced in the kitchen"),
    ("Maya", "Tomás drove my mom home and waited for her", "that", "you drove my mom home and waited for her"),
    ("Maya", "he called my mother and asked how she was", "that", "you called my mother and asked how she was"),
    ("Maya", "I appreciate what I really value in you is your patience", "line",
     "what I really value in you is your patience"),
    ("Maya", "what I love about Tomás is how he listens", "line", "what I love about you is how you listen"),
    ("Maya", "Tomás, the best thing I heard today was how you laughed", "line",
     "the best thing I heard today was how you laughed"),
    ("Maya", "what a good cook he is", "of", "what a good cook you are"),
    ("Maya", "I appreciate what he did for my mother", "of", "what you did for my mother"),
    ("Maya", "when I was sick Tomás took care of everything himself", "line",
     "when I was sick you took care of everything yourself"),
    ("Maya", "I was scared and he held my hand", "line", "I was scared and you held my hand"),
    ("Maya", "I can always count on him", "line", "I can always count on you"),
    ("Maya", "the kids adore Tomás and he reads to them every night", "line",
     "the kids adore you and you read to them every night"),
    # ---- things: "I appreciate ..."
    ("Maya", "his patience", "of", "your patience"),
    ("Maya", "Tomás's patience with my father", "of", "your patience with my father"),
    ("Tomás", "her silly jokes", "of", "your silly jokes"),
    ("Maya", "your laugh", "of", "your laugh"),
    ("Maya", "the hug this morning", "of", "the hug this morning"),
    ("Maya", "the way he looks at the baby", "of", "the way you look at the baby"),
    ("Maya", "how calm Tomás stays when things break", "of", "how calm you stay when things break"),
    ("Maya", "how he talks to the children", "of", "how you talk to the children"),
    ("Maya", "I love how Tomás sings in the shower", "of", "how you sing in the shower"),
    ("Maya", "everything he does for us", "of", "everything you do for us"),
    ("Maya", "the fact that he got up first", "of", "the fact that you got up first"),
    ("Maya", "probably the foot rub", "of", "the foot rub"),
    ("Maya", "oh that's easy, the pancakes", "of", "the pancakes"),
    ("Maya", "hmm I think it was when you sang in the car", "line", "when you sang in the car"),
    ("Maya", "I appreciate you cooking all week", "of", "you cooking all week"),
    ("Maya", "I appreciate Tomás cooking all week", "of", "you cooking all week"),
    ("Maya", "I really appreciate him making dinner", "of", "you making dinner"),
    ("Maya", "Tomás making me tea every night", "of", "you making me tea every night"),
    ("Maya", "just Tomás being Tomás", "of", "you being you"),
    ("Maya", "Tomás's cooking", "of", "your cooking"),
    ("Maya", "Tomás's cooking tonight so I can rest", "that", "you are cooking tonight so I can rest"),
    # ---- "thank you for ..."
    ("Maya", "thank you for making dinner", "for", "making dinner"),
    ("Maya", "thanks for the tea, my love", "for", "the tea, my love"),
    ("Maya", "thank you Tomás for being his silly self", "for", "being your silly self"),
    ("Maya", "making me laugh when I was down", "for", "making me laugh when I was down"),
    ("Maya", "I'm thankful for his patience", "for", "your patience"),
    ("Tomás", "being her silly self", "for", "being your silly self"),
    ("Maya", "letting me sleep and taking the dog out himself", "for",
     "letting me sleep and taking the dog out yourself"),
    # ---- "she" who is not the partner
    ("Maya", "Tomás was lovely to my mother, and she noticed", "said",
     "Tomás was lovely to my mother, and she noticed"),
    ("Maya", "Tomás fixed my sister's bike and she was so happy", "said",
     "Tomás fixed my sister's bike and she was so happy"),
    ("Tomás", "Maya helped my sister when she moved", "said", "Maya helped my sister when she moved"),
    ("Tomás", "Maya sat with my mother until she fell asleep", "said", "Maya sat with my mother until she fell asleep"),
    ("Maya", "Tomás helped my brother with his taxes", "said", "Tomás helped my brother with his taxes"),
    ("Maya", "he took the dog out before it was light", "that", "you took the dog out before it was light"),
    ("Tomás", "she carried the baby when he cried", "that", "you carried the baby when he cried"),
    ("Tomás", "she told Carol that she couldn't come", "said", "she told Carol that she couldn't come"),
    ("Maya", "Tomás picked up the kids even though they were loud", "said",
     "Tomás picked up the kids even though they were loud"),
    ("Sam", "Alex bought flowers because they smell good", "that", "you bought flowers because they smell good"),
    ("Sam", "Alex washed the dishes and put them away", "that", "you washed the dishes and put them away"),
    ("Sam", "Alex made dinner even though they were tired", "that", "you made dinner even though you were tired"),
    ("Sam", "they're always on time", "that", "you're always on time"),
    ("Sam", "they've been so gentle with me", "that", "you've been so gentle with me"),
    ("Sam", "their laugh", "of", "your laugh"),
    ("Sam", "Alex did it all by themself", "that", "you did it all by yourself"),
    ("Sam", "Alex called him back", "that", "you called him back"),
    ("Sam", "Alex called her mother and told her the news", "that", "you called your mother and told her the news"),
    # ---- a name of two words
    ("Bo", "Ana Sofía drove me to the airport at five am", "that", "you drove me to the airport at five am"),
    ("Bo", "ana sofía drove me home", "that", "you drove me home"),
    ("Bo", "that Ana Sofía always waits for me", "that", "you always wait for me"),
    ("Bo", "Ana Sofía's smile when I came home", "of", "your smile when I came home"),
    ("Bo", "Ana Sofía, you were wonderful today", "that", "you were wonderful today"),
    ("Bo", "I appreciate Ana Sofía cooking for my friends", "of", "you cooking for my friends"),
    ("Bo", "thank you Ana Sofía for the flowers", "for", "the flowers"),
    ("Bo", "I'm glad Ana Sofía is home", "that", "you are home"),
    ("Ana Sofía", "Bo was so sweet to my gran", "that", "you were so sweet to my gran"),
    ("Ana Sofía", "Bo's always there when I need him", "that", "you are always there when I need you"),
    ("Ana Sofía", "Bo has a way with plants", "that", "you have a way with plants"),
    ("Ana Sofía", "I love that Bo doesn't judge me", "that", "you don't judge me"),
    # ---- as lines come at a table: begun twice, hedged, half a sentence
    ("Maya", "you you made that salad with the uh the nuts", "that", "you made that salad with the nuts"),
    ("Maya", "I loved it when you danced with our daughter", "line", "I loved it when you danced with our daughter"),
    ("Maya", "this is going to sound soppy but I just like waking up next to you", "line",
     "I just like waking up next to you"),
    ("Maya", "waking up next to him", "said", "waking up next to him"),
    ("Maya", "he didn't say I told you so", "that", "you didn't say I told you so"),
    ("Maya", "he's just steady, you know", "that", "you are just steady, you know"),
    ("Tomás", "the next morning she'd already packed everything", "line",
     "the next morning you'd already packed everything"),
    ("Maya", "no one makes me laugh like you", "line", "no one makes me laugh like you"),
    ("Maya", "just you", "of", "you"),
    ("Tomás", "she told me you can do it", "said", "she told me you can do it"),
    ("Maya", "Tomás and the kids made me a card", "that", "you and the kids made me a card"),
    ("Maya", "Tomás is the one who holds us together", "that", "you are the one who holds us together"),
    ("Maya", "it was Tomás who called the doctor", "line", "it was you who called the doctor"),
    ("Tomás", "Maya's been so brave this week", "that", "you have been so brave this week"),
    ("Tomás", "the soup Maya made on Sunday", "of", "the soup you made on Sunday"),
    ("Tomás", "the way Maya's eyes light up when she talks about her work", "of",
     "the way your eyes light up when you talk about your work"),
    ("Tomás", "Maya doesn't say much but she always notices", "that", "you don't say much but you always notice"),
    ("Tomás", "she worries about me and hides it well", "that", "you worry about me and hide it well"),
    ("Tomás", "Maya kept her promise to our son and he was thrilled", "that",
     "you kept your promise to our son and he was thrilled"),
    ("Ana Sofía", "that Bo, he never forgets my coffee", "that", "you never forget my coffee"),
    ("Bo", "she and I finally finished the puzzle", "that", "you and I finally finished the puzzle"),
    ("Sam", "Alex goes to work at five and still makes my lunch", "that",
     "you go to work at five and still make my lunch"),
    ("Sam", "Alex has to get up early and does it without a word", "that",
     "you have to get up early and do it without a word"),
    ("Sam", "whenever Alex sings the whole house is lighter", "line", "whenever you sing the whole house is lighter"),
    ("Sam", "being with them is easy", "said", "being with them is easy"),
    # ---- no person in it, or nothing to turn
    ("Maya", "coffee", "line", "coffee"),
    ("Maya", "breakfast in bed", "line", "breakfast in bed"),
    ("Maya", "that we didn't fight", "that", "we didn't fight"),
    ("Maya", "your soup was lovely", "line", "your soup was lovely"),
    ("Maya", "nothing beats your soup", "line", "nothing beats your soup"),
    ("Maya", "it was nice that you came early", "line", "it was nice that you came early"),
    ("Maya", "it means a lot that he came along", "line", "it means a lot that you came along"),
]  # fmt: skip


@pytest.mark.parametrize(("by", "said", "form", "text"), APPRECIATIONS)
def test_an_appreciation_is_said_to_the_one_it_is_about(by: str, said: str, form: str, text: str) -> None:
    first, second = partners_of(by)
    other = second if by == first else first
    line = kept(NoteKind.APPRECIATION, by, said)
    assert (line.name, line.other) == (other, by)
    assert (line.form, line.text) == (form, text)


OWN_WORDS = [  # kinds that address nobody: who said it, and their own words
    (NoteKind.NEED, "Tomás", "I need you to do bedtime", "by", "I need you to do bedtime"),
    (NoteKind.NEED, "Maya", "an hour to myself", "need", "an hour to myself"),
    (NoteKind.NEED, "Maya", "um, more sleep", "need", "more sleep"),
    (NoteKind.NEED, "Tomás", "that you call me when you're late", "by", "that you call me when you're late"),
    (NoteKind.NEED, "Bo", "a hug before she leaves", "need", "a hug before she leaves"),
    (NoteKind.NEED, "Ana Sofía", "Bo to ask me first", "need", "Bo to ask me first"),
    (NoteKind.NEED, "Sam", "we need a weekend off", "by", "we need a weekend off"),
    (NoteKind.WISH, "Tomás", "to live by the sea", "wish", "to live by the sea"),
    (NoteKind.WISH, "Maya", "I'd love to learn to dance with him", "by", "I'd love to learn to dance with him"),
    (NoteKind.WISH, "Sam", "a dog", "wish", "a dog"),
    (NoteKind.WISH, "Alex", "I wish Sam and I had more time", "by", "I wish Sam and I had more time"),
    (NoteKind.JOURNAL, "Maya", "today was long and Tomás was away", "by", "today was long and Tomás was away"),
    (NoteKind.WIN, "Alex", "I finally called the bank", "by", "I finally called the bank"),
    (NoteKind.WIN, "Sam", "we finished the shed", "by", "we finished the shed"),
    (NoteKind.CLOSING, "Sam", "the boat trip", "by", "the boat trip"),
    (NoteKind.JAR, "Sam", "the way the rain sounded", "by", "the way the rain sounded"),
]


@pytest.mark.parametrize(("kind", "by", "said", "form", "text"), OWN_WORDS)
def test_a_line_that_addresses_nobody_belongs_to_the_one_who_said_it(
    kind: str, by: str, said: str, form: str, text: str
) -> None:
    note = line_by(kind, said, by=by, partners=partners_of(by), now=NOW)
    assert (note.who, note.for_whom) == (by, "")
    assert spoken(note) == SpokenLine(form, by, by, text)


TO_THE_OTHER = [
    (NoteKind.NOTE, "Alex", "the cake in the tin is all yours", "the cake in the tin is all yours"),
    (NoteKind.NOTE, "Alex", "he can have the last slice", "you can have the last slice"),
    (NoteKind.NOTE, "Maya", "tell him that I love him", "I love you"),
    (NoteKind.NOTE, "Maya", "tell Tomás dinner is in the oven", "dinner is in the oven"),
    (NoteKind.NOTE, "Tomás", "let her know I took her umbrella", "I took your umbrella"),
    (NoteKind.NOTE, "Bo", "please tell Ana Sofía I'm thinking of her", "I'm thinking of you"),
    (NoteKind.NOTE, "Bo", "Ana Sofía should not wait up for me", "you should not wait up for me"),
    (NoteKind.NOTE, "Maya", "tell him to call his mother", "tell you to call your mother"),
    (NoteKind.NOTE, "Sam", "you left your keys at work", "you left your keys at work"),
    (NoteKind.NOTE, "Sam", "Alex's mother called and sounds worried", "your mother called and sounds worried"),
    (NoteKind.MORNING, "Maya", "good morning my love", "good morning my love"),
    (NoteKind.MORNING, "Maya", "I hope he slept well", "I hope you slept well"),
    (NoteKind.MORNING, "Tomás", "um there is coffee in the pot", "there is coffee in the pot"),
    (NoteKind.MORNING, "Bo", "good luck with her exam today", "good luck with your exam today"),
    (NoteKind.JAR, "Sam", "Alex whistled all day", "you whistled all day"),
    (NoteKind.JAR, "Tomás", "Maya's face when she saw the snow", "your face when you saw the snow"),
]


@pytest.mark.parametrize(("kind", "by", "said", "text"), TO_THE_OTHER)
def test_a_line_for_the_other_speaks_to_them(kind: str, by: str, said: str, text: str) -> None:
    first, second = partners_of(by)
    note = line_by(kind, said, by=by, partners=(first, second), now=NOW)
    assert (note.who, note.for_whom) == (by, second if by == first else first)
    assert spoken(note).text == text


def test_a_name_of_two_words_is_one_name() -> None:
    assert named_in("ana sofía's laugh", ("Bo", "Ana Sofía")) == "Ana Sofía"
    assert named_in("the bow on Ana Sofía's coat", ("Bo", "Ana Sofía")) == "Ana Sofía"
    assert named_in("Bo and Ana Sofía danced", ("Bo", "Ana Sofía")) == ""


@pytest.mark.parametrize("kind", [NoteKind.NEED, NoteKind.WISH])
def test_of_an_older_line_only_what_its_kind_allows_is_believed(kind: str) -> None:
    """Sessions once wrote the other one's name into a need."""
    assert spoken(Note("Tomás", "Maya", "more sleep", "line", NOW, kind=kind)).name == "Tomás"
