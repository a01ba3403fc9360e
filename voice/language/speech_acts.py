"""Polarity and speech act of an English sentence: asked for now, refused, told, asked about, wished or quoted.

The partners are called sam and alex here: put these in for their names. The rules read plain words: lower case, no
apostrophes, numbers spelled. They look at the frame of a sentence, never at what it is about, so one set of rules
serves every intent.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from voice.language.text import plain


class Act(StrEnum):
    """What somebody does by saying a sentence."""

    REQUEST = "request"
    """It asks for something now, or could: an imperative, a polite question, a fragment."""
    PAST = "past"
    """It tells what was, of the two themselves."""
    OTHERS = "others"
    """It tells what others did or said, or what a partner was doing: "the counsellor had us take turns"."""
    TOLD = "told"
    """It tells what is or will be."""
    ASKED_ABOUT = "asked about"
    """It asks whether or why something is so, and wants an answer from a person."""
    IMAGINED = "imagined"
    """It wishes or supposes something."""


@dataclass(frozen=True, slots=True)
class Stance:
    """The frame of a sentence."""

    act: Act
    """What is done by saying it."""
    negated: bool
    """It refuses or forbids what its other words would ask for."""
    outright: bool = False
    """It refuses to do it: "let's not", "I'd rather we didn't", "no need"; not only "we're not close any more"."""


_OPENING = (  # what stands before a sentence without being part of it
    r"(?:(?:um+|uh+|er+m?|hm+|oh|ah|aw|ok|okay|right|alright|so|well|and|but|now|then|yeah|yep|hey|hi"
    r"|hello|listen|look|"
    r"please|actually|honestly|sorry|just|maybe|perhaps|love|darling|babe|honey|hearthside|hey hearthside|you know|"
    r"i mean|i guess|to be honest|all right|oh no|for now|tonight|today|yesterday|last night(?! was)) )*"
)

# ---- refusals ------------------------------------------------------------------------------------------
_INVITATION = re.compile(  # negative words that refuse nothing; they are taken out before anything else is looked at
    r"\b(?:why (?:dont|not|doesnt)(?: (?:you|we))?|(?:dont|do not|never) (?:let (?:me|us) )?forget(?: to)?"
    r"|dont you think(?: we| you)?"
    r"|(?:if|so long as) (?:you|nobody|no one) (?:dont|doesnt|do not) minds?|(?:i|we) (?:dont|do not"
    r"|wouldnt|would not) mind"
    r"|dont mind|wouldnt mind|wouldnt say no(?: to)?|wouldnt it be|(?:i|we) dont suppose(?: you)?"
    r"|dont worry|not to worry|(?:not|no) (?:more|longer|less|later|earlier) than"
    r"|(?:cant|couldnt|wont|wouldnt) (?:you|we)(?! have| be)|cant wait|couldnt help|no (?:worries|problem"
    r"|rush|hurry)|not only"
    r"|(?:i|we) (?:havent|have not|hasnt|didnt|did not) (?:heard|had|done|catch|hear|get|quite|understand|know)"
    r"|(?:i|we) (?:cant|couldnt|can not) (?:remember|hear|think|sleep|decide|tell|wait|stop)|(?:i"
    r"|we) (?:dont|do not) (?:know|remember|understand|care|follow|get (?:it|what|how|this|that)|see why not)"
    r"|nothing (?:more|else|left|to add) (?:to (?:say|add)|from|on|for)|(?:cant|cannot) see why not"
    r"|not sure|havent (?:we|you)|no idea|nothing (?:too|very|heavy|fancy|serious|deep|to talk about)"
    r"|not (?:too|very|so|that|as|quite|yet)"
    r"|(?:is|are|was|wasnt|isnt|arent)nt? (?:it|there|that)|without fail|whether or not|or not)\b"
)
_SETTING = re.compile(  # where it was, before who did what: "at the retreat we had to ..."
    r"^(?:in|at|on|during|after|before) (?:the|our|my|your|his|her|that|this) \w+(?: \w+)? "
    r"(?=(?:i|we|you|he|she|they|it|sam|alex) )"
)
_REFUSAL = re.compile(
    r"^(?:"
    r"(?:(?:can|could|would|will) you )?(?:please )?(?:dont|do not|never|not)\b"
    r"|(?:lets|let us|better|best|rather) not\b|no (?:need|point|use|reason|sense|call)\b|(?:theres"
    r"|there is|theres really|i see) (?:no|nae) (?:need|point|use|reason|call)\b|nae (?:need|point|use)\b"
    r"|(?:nobody|no one|noone|neither|none of|nothing)\b"
    r"|(?:i|we|you|they|he|she|sam|alex)(?: (?:really|still|just|both|said|think|thought))*"
    r" (?:dont|do not|wont|will not|shouldnt|should not|mustnt|neednt|need not|cant|cannot|never|didnt"
    r"|did not|wouldnt|would not|havent|have not|am not|are not|arent|ain ?t)\b"
    r"|(?:i|we)(?:d| would| had)? (?:rather|prefer)(?: you| we)? (?:not|didnt|dont|to not)|(?:id"
    r"|wed) (?:rather|prefer)(?: you| we| to)? (?:not|didnt|dont)"
    r"|(?:im|i am|were|we are|youre) (?:really )?not\b|(?:its|it is|thats|that is) not\b"
    r"|(?:please )?(?:hold off|steer clear|lay off|back off|keep off|refrain|avoid|forget about|instead of"
    r"|rather than|no more|enough (?:with|of))\b"
    r"|(?:please )?keep (?:your|the|those|that)(?: \w+){1,4} to yourself\b"
    r"|(?:please )?(?:stop|quit|leave off|cease) \w+ing\b|(?:please )?leave .+ alone\b"
    r"|there (?:wont|will not|isnt|is not|arent) (?:be )?|(?:itd|it would|id) be (?:better|best"
    r"|happier) (?:not|if you didnt|if we didnt|without)"
    r"|(?:who|nobody) (?:asked|told) you to\b|(?:i|we) (?:never|didnt) (?:asked|ask|said|say|told|tell)\b"
    r"|god no|no way\b|as if\b|over my dead body"
    r"|(?:you |we )?(?:shouldnt|mustnt|needn ?t|dont have to|dont need to|dont you dare)\b"
    r"|no (?:more )?questions? (?:about|on|to do with|regarding|concerning)\b"
    r"|lets (?:skip|drop|leave (?:out|off))\b|(?:its|it is|were|we are|im|i am) (?:\w+ )?too \w+ (?:to|for)\b"
    r"|(?:the )?last thing (?:i|we) (?:want|need)\b|no (?:\w+ )?(?:timer|reminder|alarm|check in|game|break)s?\b"
    r"|no (?!(?:question|questions|one)\b)\w+ (?:please|today|tonight|for us|now|thanks|thank you)$"
    r")"
)
_LATE_REFUSAL = re.compile(  # a refusal that comes after the wish, or inside an opinion
    r"(?<=\w )(?:oh |ah |actually )?(?:never ?mind|forget it|leave it)\b"
    r"|\b(?:or (?:rather|maybe|actually) not|on second thoughts? no|(?:no|nah) (?:dont|leave it|lets not"
    r"|thanks|thank you)|maybe not"
    r"|(?:is|are|was|isnt|arent) (?:not|off the table|out of the question)|(?:isnt|not) (?:necessary"
    r"|needed|wanted|what we want|a good idea)"
    r"|(?:think|reckon|believe|suppose|said|sure) (?:we|you|i) (?:shouldnt|should not|mustnt|dont need"
    r"|dont want|neednt)"
    r"|(?:dont|do not) (?:think|want|need|reckon|feel)\b|wants? no\b|needs? no\b|under no circumstances"
    r"|(?<=\w )can wait$|not (?:right )?now|not (?:today|tonight)"
    r"|shouldnt (?:be|have)|can do without|without (?:a|an|any|the|setting|starting|asking|reading|being))\b"
)
_GIVEN_UP = re.compile(  # "i was going to add it but then we went"
    r"\b(?:was|were) (?:going|about|meant|planning|supposed) to \w.* but "
    r"(?=then|in the end|never|(?:i|we|he|she|they|it|sam|alex) (?!still|do |want|would|need|d ))"
)
_OUTRIGHT = re.compile(
    r"^(?:(?:can|could|would|will) you )?(?:please )?(?:dont|do not|never|not)\b(?! (?:know|want|need|think))"
    r"|\bdont think (?:we|i|you) (?:need|should|want)\b"
    r"|^(?:(?:lets|better|best|rather) not|lets (?:skip|drop)|no need|theres no need)\b"
    r"|\b(?:id|wed|would|prefer|rather|rather (?:we|you)) (?:rather |prefer )?(?:we |you |to )?(?:not|didnt|dont)\b"
)
_INSTEAD = re.compile(  # "not the next one but ..."
    r"^.*?\b(?:but(?: rather)?|instead|just(?! (?:now|yet))|only|rather)\b(?= \w+ \w+)"
)

# ---- what is told, asked about or imagined -------------------------------------------------------------
_POLITE_PAST = re.compile(  # past forms by which people ask for something now
    r"^(?:i|we)(?: just)? (?:was|were)(?: both| just| really| actually| kind of| sort of)?"
    r" (?:wondering|hoping|thinking|after"
    r"|going to ask|about to ask)\b"
    r"|^(?:i|we)(?: just| really)? wanted to (?:ask|know|hear|see|get|have|check|say|start|do|try|set|add"
    r"|put|leave|make|write)\b"
    r"|^(?:i|we) (?:thought|figured|decided|agreed|promised)(?: that)? (?:we|you|id|wed|to|i|it)\b"
    r"|^(?:i|we)(?: just| think (?:i|we)| must have)? (?:forgot|forgotten|missed|lost|didnt (?:catch|hear|get))"
    r" (?:what|where|which|how|the question|track|it$|that$|you$)"
    r"|^(?:i|we) could (?:do with|really|use)\b|^(?:it|this|that) (?:was|would be|d be) (?:nice|lovely"
    r"|great|good)\b|^(?:i|we) had (?:a|such|this)\b"
)
_IRREGULAR = (
    "was were had did went said told asked took made got gave came saw knew thought found left felt kept let put read "
    "set sat stood ran began broke brought built bought caught chose drew drank drove ate fell fought flew forgot "
    "forgave grew heard held hid hit hurt laid led lent lost meant met paid rang rode rose sang sank slept spoke spent "
    "stole stuck swore swam taught tore threw woke wore won wrote sent shut spelled spilled burnt dreamt learnt leant"
).split()
_SUBJECT = (
    r"(?:i|we|you|he|she|they|it|that|this|everyone|everybody|someone|somebody|people|who|nobody|sam|alex|"
    r"(?:my|our|your|his|her|their|the|a|this|that|these|those|some|both|all)(?: \w+){1,4}?)"
)
_ADVERB = (
    r"(?: (?:just|already|always|never|only|really|once|both|actually|finally|also|even|still|nearly|almost|kind of"
    r"|sort of|all))*"
)
_PAST = re.compile(
    rf"^{_SUBJECT}{_ADVERB} (?:(?:{'|'.join(_IRREGULAR)})|(?:\w{{2,}}[^aeiou\W]ed|\w{{2,}}[aeiou]ed)"
    rf"|used to|ended up)\b(?! (?:like|love) )"
)
_BEING = re.compile(rf"^{_SUBJECT}{_ADVERB} (?:is|will be) \w+ing\b")
_BEEN = re.compile(
    rf"^{_SUBJECT}{_ADVERB} (?:(?:was|were|ve been|has been|have been|had been) \w+ing|(?:has"
    rf"|have|ve|had) (?:\w+ed|been|gone|got|had|done|made|set|seen|put|read|left))\b"
)
_THIRD = re.compile(
    rf"^(?:(?:the|my|our|that) \w+(?: (?:on|in|of|for|at) (?:the|my|our|your) \w+)?(?= (?:never|always)\b)"
    rf"|he|she|it|everyone|everybody|someone|somebody|nobody|sam|alex|my \w+|your \w+|our \w+|his \w+"
    rf"|her \w+|their \w+|the (?:kids|doctor|teacher|boss|neighbours?|dentist|phone|oven|app|radio|book"
    rf"|song|film|woman|man|lady|guy|waiter)(?: \w+)?(?: (?:on|in|at|of) (?:the|my|our|your) \w+)?)"
    rf"{_ADVERB} (?:(?!goes\b|begins\b|starts\b|first\b|please\b|this\b|is\b)\w{{2,}}s|dont|doesnt|cant"
    rf"|wont|will|would|never|always|keeps?|has|does|goes (?!first))\b"
)
_OF_OTHERS = re.compile(  # who did it, or who was doing it
    r"^(?:he|she|they|who|everyone|everybody|someone|somebody|people|the \w+|a \w+|(?:my|your|his|her|their) \w+)\b"
    r"|^(?:sam|alex) (?:was|were) \w+ing\b|^(?:\w+ ){0,2}(?:said|says|goes|told|shouted|yelled|whispered) "
)
_OTHERS = re.compile(  # of people who are not in the room, with a verb that has no ending to tell it by
    r"^(?:(?:my|our|your|his|her|their|the) (?:sisters?|brothers?|mothers?|fathers?|mums?|moms?|dads?|parents|in laws"
    r"|aunts?|uncles?|cousins?|nieces?|nephews?|grandparents|sons?|daughters?|kids|children|friends?|neighbou?rs?"
    r"|boss|colleagues?|folks|lads|girls|boys)(?: and \w+(?: \w+)?)?"
    r" (?:have|do|want|keep|like|play|use|need|should|ought|must)"
    r"|(?:he|she|they) (?:should|ought|must))\b"
)
_OPINION = re.compile(
    r"^(?:i|we) (?:really |just |always |do )?(?:hate|love|like|enjoy|cant stand|dont like|adore|prefer)"
    r" (?:it when|how|that (?:you|he|she|they|we)|the way|when)\b"
    r"|^(?:you|they) (?:always|never|only|still|keep|rarely|often|usually)\b"
    r"|^(?:he|she|they|it|somebody|someone|everybody|everyone|people|kids|nobody|no one)"
    r" (?:ll|should|ought|might|may|must)\b"
    r"|^(?:theyll|itll|theres (?:this|a|an|one) (?:\w+ ){1,3}(?:that|who|where|which))\b"
    r"|^ill (?:remind|tell|ask|show|leave|write|read|bring|take) (?:you|him|her|them|sam|alex)\b"
)
_REPORTED = re.compile(
    r"\b(?:(?:he|she|they|i|we|you|who|sam|alex|mum|mom|dad|everyone|\w+) (?:said|says"
    r"|goes(?! (?:off|on|by|out|up|down|well|wrong|my|your|our|the|to|with|back|first|next))|went|was like"
    r"|were like|is like|am like|told|asked|shouted|yelled|whispered|mumbled|texted|wrote) "
    r"(?!(?:you|us) (?:could|can|would|to)\b|that (?:you|we) (?:could|can)\b)|said the|says the"
    r"|(?:people|they|folks|kids|adults|we|you) (?:always |often |all |just )?say\b"
    r"|its like (?:that|the|when)|like (?:that|the) (?:song|film|line|joke|bit)|in (?:that|the) (?:song"
    r"|film|movie|book|show)\b|the (?:song|book|film) (?:called|where)|called something like"
    r"|(?:every time|each time|whenever|when) (?:i|we|you|he|she|they|sam|alex) says? (?!(?:it|that|so|yes|no)\b)\w+"
    r"|(?<!stop )(?:asking|telling|begging|nagging|reminding) (?:me|us|him|her|them|sam|alex) to)\b"
)
_IMAGINED = re.compile(
    r"^(?:i wish (?!to\b|you(?:d| would| could)|someone|somebody|for)|we wish (?!to\b)|if only|imagine|suppose|picture"
    r"|what if|what would|how would|who would|would (?:it|that|they|he|she|i|we) (?!like|love|be (?:nice"
    r"|good|possible|ok|okay|great|lovely))|"
    r"(?:maybe |perhaps )?(?:one day|some day|someday|in another life)|if (?:i|we|you|he|she|they|it|the"
    r"|my|our|sam|alex) (?!could|can|may|might|d like|wouldnt|want|dont|dare)\w+|"
    r"(?:i|we|you|they|he|she) (?:could|should|would|might|must) (?:have|of|ve)\b|(?:id|wed|youd|theyd|hed"
    r"|shed) (?:have|ve)\b|in case)"
)
_ABOUT = re.compile(
    r"^(?:did|didnt|does|doesnt|was|wasnt|were|has|hasnt|had|havent|arent|isnt|shouldnt|should|must"
    r"|will (?!you)|wont (?!you)|would (?:he|she|they|sam|alex|it)|can (?:he|she|they|the|my|it)"
    r"|could (?:he|she|they|it)|are (?:they|the|my|your|you (?:going|still|doing|coming|sure|asking"
    r"|setting|being))|is (?:he|she|it|that|this|the|my|your|sam|alex)|have (?:they|the|we (?:set|got|had"
    r"|done|been|put|told))|do (?:they|you (?!have|know|think you|mind|do|keep|store|record|listen"
    r"|want to ask|offer|got)|we (?!have|keep|leave)|i))\b"
    r"|^(?:who|whose|whom|why|where|when|which)\b(?! (?:dont|not|decks?|questions?|topics?|timers?|ones?"
    r"|of|is (?:it|first)|goes|reminders?))"
    r"|^(?:what|how)(?:s)? (?:was|were|did (?!you (?:hear|say|think|understand|just|get|catch|mean)|we|i )"
    r"|does (?!that|this)|do you (?:think|mean by|call|make|reckon|feel about)|about (?:your|his|her|their"
    r"|the (?:kids|car|boss))|are (?:they|the kids|your)|has|had|came|happened|happens|kind of (?:name"
    r"|idiot)|if|a (?:day|shame|mess|lovely|nice|great|funny|stupid|good|strange)|the (?:hell|difference"
    r"|point|matter))\b"
    r"|^(?:would|could|should) (?:you|we|i) have"
    r" (?:\w\w+ed|been|done|gone|said|left|made|told|known|found|had|given)\b"
    r"|^remember (?:when|how|that time)\b"
    r"|^do you (?:remember|think (?!you)|reckon|believe|ever|still|love|like|even)\b"
)
_ASKS_LEAVE = re.compile(  # "is it possible to ...": a request, though it begins like a question about something
    r"^(?:is|would|might|could) (?:it|that)(?: be| still| at all| even)* (?:possible|ok|okay|all right|alright|fine)"
    r" (?:to|if|for)\b"
)
_TO_A_PERSON = re.compile(  # "could you ask us when you're back": somebody who comes and goes
    r"\b(?:when|once|after|before|while|till|until|if|as soon as) you(?:re|ve|ll)? (?:are |have )?(?:just )?"
    r"(?:come|came|get (?!a\b)|go\b|leave|finish|finished|wake|arrive|back|out|up|done|home|in|off|over|there|here"
    r"|passing|at|see|been|wash|eat|drive|walk|pick)\b"
)
_REQUEST = re.compile(
    r"^(?:(?:can|could|would|will|might|may) (?:you|we|i|someone|somebody)\b|(?:do you|dyou|does anyone"
    r"|any) (?:think you|mind|chance|have|know)|"
    r"(?:id|wed|i would|we would|i|we) (?:really |just |both |also )?(?:like|love|want|need|fancy|wish you"
    r"|could do|could use|feel like|d like|wanna|gotta|have to|ought to|should)\b|"
    r"lets|let us|shall we|should we|how about|what about|time (?:for|to)|its time|give|ask|set|start|play"
    r"|read|tell|remind|add|put|write|leave|take|open|save|keep|make|help|show)\b|^do (?:the|that|this|one|a|us|our)\b"
)


_CONTRACTED = re.compile(r"\b(we|they|you|who)['’]re\b", re.IGNORECASE)  # "were" is the past; "we are" is not
_ORDER_AT_THE_END = re.compile(  # "sam had a win, write it down": what was told before only leads to it
    r"\b(?:write|put|take|note|jot|delete|erase|remove|check|cross|mark|strike|save|keep|add|stick|pop|read|tick) "
    r"(?:it|that|this|them|these|those|him|her)(?: \w+){0,4}$|\b(?:can|could|will|would) you \w+|\b(?:dont"
    r"|never) let (?:him|her|me|us|them) forget|\bplease$|\bplease (?:play|tell|read|set|start|remind|write"
    r"|keep|give|ask|put|add|lead|guide|let|say|help|show|save|record|take)\b"
    r"|\b(?:take|walk|talk|lead|guide|run) us (?:through|into|over)\b"
    r"|\b(?:can|could) (?:it|that) (?:come back|be \w+|wait)(?: \w+ minutes)?$"
    r"|\b(?:change|move|fix|update|shift|correct) (?:that|the|my|our|this) (?:\w+ )?reminder$"
    r"|\b(?:a|an|another|some) (?:\w+ ){1,9}would (?:help|be (?:good|great|nice|lovely|perfect)|do|save)\b"
    r"|\bwhat (?:can|could|might|should) (?:i|we)\b|\bwhat (?:might|would|could) \w+ (?:him|her|them|us)\b"
)


def is_to_a_person(text: str) -> bool:
    """Whether a sentence speaks of what its listener does on two legs: it is no wish to Hearthside."""
    return bool(_TO_A_PERSON.search(plain(text)))


def stance(text: str) -> Stance:
    """The frame of a sentence, as it was heard or typed."""
    said = re.sub(rf"^{_OPENING}", "", f"{plain(_CONTRACTED.sub(_spelled_out, text))} ").strip()
    said = _SETTING.sub("", said)
    open_said = re.sub(r"\s+", " ", _INVITATION.sub(" ", said)).strip()
    negated = bool(_REFUSAL.search(open_said) or _LATE_REFUSAL.search(open_said))
    if negated and (rest := _INSTEAD.sub("", open_said, count=1).strip()) != open_said and rest:
        negated = bool(_REFUSAL.search(rest) or _LATE_REFUSAL.search(rest))
    negated = negated or bool(_GIVEN_UP.search(said))
    return Stance(_act(said), negated, negated and bool(_OUTRIGHT.search(open_said)))


def _spelled_out(found: re.Match[str]) -> str:
    return f"{found[1]} are"


def _act(said: str) -> Act:
    if _POLITE_PAST.search(said) or _ASKS_LEAVE.search(said):
        return Act.REQUEST
    if _ORDER_AT_THE_END.search(said) and not _REPORTED.search(said):
        return Act.REQUEST
    if _IMAGINED.search(said):
        return Act.IMAGINED
    if _ABOUT.search(said):
        return Act.ASKED_ABOUT
    if _OPINION.search(said):
        return Act.TOLD
    if _REQUEST.search(said):
        return Act.REQUEST
    if any(each.search(said) for each in (_REPORTED, _PAST, _BEEN)):
        return Act.OTHERS if _OF_OTHERS.search(said) else Act.PAST
    return Act.TOLD if any(each.search(said) for each in (_BEING, _THIRD, _OTHERS)) else Act.REQUEST
