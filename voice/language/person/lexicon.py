"""English words that the turning of a line has to know: people by gender and number, verbs, and what stands around."""


def _words(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


# ---- who may be meant by "he", "she" and "they" --------------------------------------------------------

HE, SHE, THEY = "he", "she", "they"
MEN = _words(
    "boy boyfriend brother dad daddy father godfather grandad granddad grandfather grandpa grandson guy husband "
    "king man nephew papa stepfather son uncle"
)
WOMEN = _words(
    "aunt auntie daughter girl girlfriend godmother gran grandma grandmother granny lady mama mom mommy mother "
    "mum mummy nan nana niece queen sister stepmother wife woman"
)
ANYBODY = _words(
    "adult anybody anyone baby boss brother-in-law buddy cashier cat child client coach colleague cousin coworker "
    "dentist doctor dog driver ex friend guest infant kid kitten landlord manager mate midwife neighbor neighbour "
    "newborn nobody nurse parent patient person plumber puppy roommate sibling sister-in-law somebody someone "
    "stranger student teacher teenager therapist toddler twin vet visitor waiter waitress"
)
MANY = _words(  # plurals that do not end in -s, and words for several people
    "children everybody everyone family folks grandchildren in-laws men others parents people stepchildren team women"
)
FINITE = _words(
    "am are can could did do felt had has have is might must said should thought was were will would isn't wasn't "
    "weren't didn't don't can't couldn't won't wouldn't came got made knew "
    "became began bought broke brought built called caught chose cut drank drew drove ate fell felt fought found "
    "forgot gave went grew heard held hid kept laid led left let lost meant met paid put ran rang read rose said sang "
    "sat saw sent slept sold spent spoke stood stuck swam taught thought threw told took tore understood woke won wore "
    "wrote"
)
THING_VERBS = _words("smell smelled taste tasted fit grow bloom bloomed look looked cost go went need needed last")
"""What flowers do, and hardly people: "because they smell good"."""

# ---- pronouns -------------------------------------------------------------------------------------------

SUBJECT = {"he": HE, "she": SHE, "they": THEY}
OBJECT = {"him": HE, "her": SHE, "them": THEY}
OWNER = {"his": HE, "her": SHE, "their": THEY}
OWNED = {"his": HE, "hers": SHE, "theirs": THEY}
SELF = {"himself": HE, "herself": SHE, "themselves": THEY, "themself": THEY}
OTHER_SUBJECTS = _words("i we it you that this there everything everyone everybody nobody who which")
YOU = _words("you your yours yourself you're you've you'd you'll")

# ---- what stands around ---------------------------------------------------------------------------------

CLAUSE_STARTS = _words(  # after a "that" which only joins: "that the soup ...", but not "that soup ..."
    "@ @'s a every even everything he he's her his i i'm it it's my our she she's somebody the their they they're "
    "they've this we when you you're you've your"
)
JOINS_CLAUSES = _words(
    "after although as because before even how if once since so that though till unless until when whenever where "
    "whether which while who why"
)
ADVERBS = _words(
    "almost already also always both even ever first just kindly maybe mostly never not now often once "
    "only perhaps really rarely seldom simply so sometimes soon still then thoroughly together too usually very"
)
NOT_ADVERBS = _words("apply family fly rely reply supply ally belly bully italy jelly july lily")
PREPOSITIONS = _words(
    "about after around at before behind beside besides by for from in into like near of off on onto over past "
    "than through to toward towards under with without"
)
NOUNS_IN_ING = _words(
    "anything building ceiling clothing darling evening everything feeling king meeting morning nothing ring "
    "something spring string thing wedding wing"
)
DETERMINERS = _words("a an the my our your his her their this that these those some any every each no all both")
AFTER_A_VERB = DETERMINERS | _words(
    "it me us you him them everyone everything everybody out up off down on in back away to for with at after around"
)
PARTICIPLES = _words(
    "been become begun bought brought built caught chosen come done driven eaten fallen felt forgotten found "
    "given gone got gotten grown had held kept known learned left lost made met paid put read run said seen sent "
    "shown sung slept spoken stood taken taught thought told understood won worn written"
)
STATES = _words("excited gifted interested loved organised organized relaxed talented tired worried")
AFTER_IS = _words(
    "a an always already also almost even ever here just never not often only our quite really so still such the "
    "there too truly usually very my"
)
QUALITIES = _words(
    "amazing brave brilliant calm careful caring clever cute fun funny generous gentle good great handsome happy "
    "hilarious honest kind lovely loving loyal patient smart strong stubborn sweet thoughtful tired warm "
    "wonderful"
)
AFTER_QUALITIES = PREPOSITIONS | _words("and because but enough even when")
AFTER_NOUN_IN_ING = _words(  # "Sam's cooking is great", but "Sam's cooking dinner"
    "and always calmed cheered comes feels gave gives got has helped helps is keeps kept made makes means meant "
    "saved saves was were warms"
)
HER_IS_NO_OWNER = AFTER_QUALITIES | _words(
    "a again all alone an anyway back breakfast coffee dinner down everything feel flowers home in it know laugh "
    "lunch more my our out over sleep smile so some something tea that the then this today tomorrow tonight too "
    "up what yesterday cry go be talk rest"
)
CAUSING = _words("have hear heard help helped helps let lets made make makes saw see watch watched")
ASKING = _words("ask asked asks ask'd wonder wondered wonders")

# ---- verbs ----------------------------------------------------------------------------------------------

AGREEING = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
    "goes": "go",
    "focuses": "focus",
    "aches": "ache",
}
VERBS = _words(  # what people do for each other; their -s forms are verbs after "and", even without an object
    "accept act add admire admit adore answer apologise apologize argue arrive ask bake bathe be beat begin "
    "believe bend bike book bother bring brush build buy call calm care carry catch celebrate change chase check "
    "cheer choose clap clean clear climb close come comfort complain compliment cook count cover cry cuddle cycle "
    "dance decide decorate do draw dream dress drive eat empty encourage enjoy explain feed feel fetch fight fill "
    "find finish fix fold follow forget forgive get give go grin grow grumble guess hang hear help hide hold hug "
    "hum iron joke judge jump keep kiss knock know laugh lead learn leave let lie lift light listen live look "
    "lose love make manage massage matter mean meet mend miss move need nod notice offer open order organise "
    "organize pack paint park pay phone pick plan plant play praise pray prepare pretend promise pull push put "
    "read rely remember remind repair rest ride ring rub run sacrifice save say scrub see send set share shop "
    "show shower sing sit sleep smile snore snuggle solve speak spend stand start stay stick stop study support "
    "surprise sweep swim switch take talk teach tell text thank think throw tidy touch translate travel treat "
    "trust try tuck turn understand visit vacuum wait wake walk want warm wash watch water wave wear whisper "
    "whistle win wink wipe wonder work worry write yell"
)
