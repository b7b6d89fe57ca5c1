"""Acts against what is asked for: fault put on others, people treated badly, things hidden or left undone.

"I told her that it was her own mistake" has the verb and the topic of an admission. What tells them apart is
linguistic: whose fault the reported words name, verbs that say that something was not done (negative
implicatives, Karttunen 1971), verbs of judgement, concealment and avoidance (Levin 1993, classes 33, 16 and
52), and words for what stayed as it was. Verbs with an innocent use count only with the object or the
preposition of the other one: "avoided her", not "avoided jargon".
"""

import re
from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

Conduct = Literal["blame", "hostility", "concealment", "neglect", "unchanged", "mishap"]

_SAYING = frozenset(
    """say tell explain write claim insist argue reply answer state mention point think shout declare
    maintain complain decide believe email text""".split()
)
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_FAULT = frozenset({"fault", "mistake", "error", "blame", "slip", "oversight", "failure"})
_DISCLAIMED = frozenset(
    {"job", "business", "problem", "responsibility", "task", "department", "duty", "concern"}
)
_CHARGED = frozenset({"problem", "business", "trouble"})
_JUDGING = frozenset(
    """insult mock humiliate threaten ridicule bully taunt intimidate slander belittle harass cheat
    sabotage betray deceive curse scold badmouth punish defraud""".split()
)
_LOUD = frozenset({"shout", "yell", "scream", "snap", "swear", "snarl", "sneer", "growl", "hiss", "curse"})
_INSULTS = frozenset(
    """liar idiot fool coward loser cheat moron thief lazy stupid useless incompetent childish selfish dumb
    crazy hopeless pathetic ridiculous whiner""".split()
)
_CONCEALING = frozenset({"conceal", "falsify", "forge", "fudge", "pretend", "hide", "fake"})
_INVENTED = frozenset({"excuse", "story", "lie", "number", "figure", "data", "reason", "pretext", "result"})
_NEGLECTING = frozenset(
    {"neglect", "shirk", "dodge", "evade", "boycott", "disregard", "procrastinate", "shun"}
)
_BORNE = frozenset(
    """noise insult distraction pain comment provocation temptation rumour rumor tiredness fear hunger rain
    heat cold remark""".split()
)
"""What one may well ignore."""
_AVOIDED = frozenset(
    {"him", "her", "them", "talk", "conversation", "meeting", "question", "call", "decision"}
)
_SKIPPED = frozenset(
    """training course meeting test step check lesson class briefing rehearsal practice session inspection
    review workshop seminar lecture handover evening""".split()
)
_SUFFERED = frozenset(
    """struggle sink fail suffer drown starve cry burn rot wait stand ring hang queue sweat guess""".split()
)
_PEOPLE = frozenset(
    """customer client guest patient caller passenger visitor colleague coworker workmate driver woman man
    girl boy child kid pupil student trainee apprentice intern newcomer neighbour neighbor buyer family
    team crew staff tenant lady guy people person user member other one phone call supplier""".split()
)
_MISHAPS = frozenset(
    """forget misread miscalculate misjudge misplace mishear misunderstand mislabel misspell miscount
    overlook spill botch bungle oversleep underestimate overestimate overbook""".split()
)
_SLIPS = frozenset({"mistake", "error", "slip", "blunder", "typo"})
_MISSED = frozenset(
    {"deadline", "appointment", "date", "call", "flight", "train", "bus", "meeting", "target", "sign"}
)
_MENDING = frozenset(
    """correct fix replace find notice see spot discover realise realize change exchange remove collect
    admit return swap cancel recall mark identify catch report recognise recognize own acknowledge
    confess apologise apologize learn call check compare cross undo mend repair avoid prevent""".split()
)
_AS_BEFORE = re.compile(
    r"\b(?:as|like) (?:i|we) (?:have |had |did )?always(?: have| had| did| do)?\b"
    r"|\b(?:the )?way (?:i|we) (?:have |had )?always\b|\b(?:exactly|just) (?:as|like) before\b"
    r"|\bas if nothing had happened\b|\b(?:just|exactly|in) the same (?:old )?way\b"
    r"|\bthe same way (?:again|as before|as ever)\b|(?<!\bof )\bthe old way\b"
    r"|\blike (?:i|we) used to\b|\bin (?:my|our) old ways?\b",
    re.I,
)
_LATE = re.compile(
    r"\b(?:too|weeks?|days?|hours?|months?|minutes?) late\b(?! (?:at night|in the (?:evening|day)))"
    r"|\b(?:weeks?|days?|months?|long|hours?) after the"
    r" (?:planned|agreed|due|fixed|promised|date|deadline)\b",
    re.I,
)
_THEMSELVES = frozenset({"himself", "herself", "themselves", "yourself", "yourselves"})
_GO_ON = frozenset({"go", "keep", "carry", "continue", "do", "stay", "stick"})
_BEFORE = re.compile(r"\b(?:as|like) (?:before|ever|always)\b|\bthe same way\b|\bregardless\b", re.I)


def conduct(head: Token) -> Conduct | None:
    """Return what kind of act against the task, if any, the clause of ``head`` tells by its words.

    Whether it is the speaker's, and realised, is for the clause to say. "mishap" is an error, no bad will.
    """
    if _blames(head):
        return "blame"
    if _hostile(head):
        return "hostility"
    if _conceals(head):
        return "concealment"
    if _neglects(head):
        return "neglect"
    if _leaves_unchanged(head):
        return "unchanged"
    return "mishap" if _mishap(head) else None


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _particle(head: Token) -> str:
    """Return "up" of "gave up", also where the parser takes it for an adverb or a lone preposition."""
    for child in head.rights:
        loose = child.dep_ == "prep" and not any(child.children)
        if child.dep_ == "prt" or loose or (child.dep_ == "advmod" and child.tag_ in ("RP", "RB", "IN")):
            return child.lower_
    return ""


def _objects(head: Token) -> list[Token]:
    """Return the objects of a verb, and what it makes, lets or sees doing something."""
    found = [c for c in head.children if c.dep_ in ("dobj", "obj", "dative") and c.pos_ != "ADP"]
    small = [c for c in head.children if c.dep_ == "ccomp"]
    return found + [c for clause in small for c in clause.children if c.dep_ == "nsubj"]


def _to(head: Token, *prepositions: str) -> list[Token]:
    """Return the objects of a verb's prepositions."""
    return [
        pobj
        for child in head.children
        if child.dep_ in ("prep", "dative", "prt") and child.lower_ in prepositions
        for pobj in child.children
        if pobj.dep_ == "pobj"
    ]


def _is_first(token: Token) -> bool:
    return token.lower_ in _FIRST


def _possessors(noun: Token) -> list[Token]:
    """Return who a fault belongs to: "her own fault", "the fault of the driver", "a mistake by me"."""
    found = [child for child in noun.children if child.dep_ == "poss"]
    return found + [
        p for c in noun.children if c.lower_ in ("of", "by") for p in c.children if p.dep_ == "pobj"
    ]


def _denied(head: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in head.children)


def _contents(head: Token) -> Iterator[Token]:
    """Yield the heads of what ``head`` says: "that it was her fault" and what is coordinated with it."""
    if _lemma(head) not in _SAYING:
        return
    for child in head.children:
        if child.dep_ in ("ccomp", "xcomp", "parataxis", "acl", "relcl") and child.i > head.i:
            yield child
            yield from (c for c in child.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX"))


def _blames(head: Token) -> bool:
    verb, objects = _lemma(head), _objects(head)
    if verb in ("blame", "accuse", "scapegoat"):
        return bool(objects) and not any(_is_first(o) for o in objects)
    passed = any(_lemma(o) in ("blame", "fault") for o in objects)
    if passed and verb in ("put", "lay", "shift", "push", "pin", "pass", "place", "throw"):
        return not any(_is_first(p) for p in _to(head, "on", "onto", "to", "upon"))
    if verb == "let":
        return any(
            _lemma(c) == "take" and any(_lemma(o) == "blame" for o in _objects(c)) for c in head.children
        )
    return any(_charges(content) for content in _contents(head))


def _charges(content: Token) -> bool:
    """Return whether reported words put the fault, or the work, on others."""
    denied = _denied(content)
    subjects = [child for child in content.children if child.dep_ in ("nsubj", "nsubjpass")]
    named = [c for c in content.children if c.dep_ in ("attr", "dobj", "oprd")]
    named += _to(content, "with", "on", "by")
    for noun in named + subjects:
        owners = _possessors(noun)
        mine = any(_is_first(owner) for owner in owners)
        if _lemma(noun) in _FAULT:
            if not owners and _lemma(content) in ("make", "commit", "have"):
                owners = subjects
                mine = any(_is_first(owner) for owner in owners)
            if owners and mine == denied:
                return True
        elif (_lemma(noun) in _DISCLAIMED and mine and denied) or (
            _lemma(noun) in _CHARGED and owners and not mine and not denied
        ):
            return _lemma(content) == "be"
    to_blame = any(_lemma(c) == "blame" and c.dep_ in ("xcomp", "ccomp", "acomp") for c in content.children)
    if to_blame and subjects:
        return any(_is_first(s) for s in subjects) == denied
    return bool(subjects) and not any(_is_first(s) for s in subjects) and _should_have(content)


def _should_have(content: Token) -> bool:
    auxiliaries = {child.lower_ for child in content.children if child.dep_ == "aux"}
    return bool(auxiliaries & {"should", "must"}) and bool(auxiliaries & {"have", "'ve", "of"})


def _hostile(head: Token) -> bool:
    verb, particle, objects = _lemma(head), _particle(head), _objects(head)
    if verb in _JUDGING:
        return not any(_is_first(o) for o in objects)
    if verb in _LOUD and (particle == "back" or _to(head, "at")):
        return True
    if verb == "laugh":
        return any(
            o.pos_ == "PRON" and o.lower_ not in ("it", "that", "this", "myself") for o in _to(head, "at")
        )
    if verb == "hang" and particle == "up":
        return all(_lemma(o) in ("phone", "receiver") for o in objects)
    if verb in ("storm", "stomp") or (verb == "walk" and particle in ("out", "off") and not objects):
        return verb != "walk" or not _to(head, "to", "with")
    if verb in ("roll", "make", "lose", "slam"):
        wanted = {"roll": "eye", "make": "fun", "lose": "temper", "slam": "door"}[verb]
        return any(_lemma(o) == wanted for o in objects)
    if verb == "call" and any(_lemma(t) in _INSULTS for t in head.subtree):
        return True
    return any(
        not any(c.dep_ == "nsubj" and _is_first(c) for c in content.children)
        and any(_lemma(c) in _INSULTS for c in content.children if c.dep_ in ("acomp", "attr"))
        and not _denied(content)
        for content in _contents(head)
    )


def _conceals(head: Token) -> bool:
    verb, particle, objects = _lemma(head), _particle(head), _objects(head)
    if verb in _CONCEALING or head.lower_ == "lied":
        return True
    if particle == "up" and verb in ("cover", "hush", "make"):
        return verb != "make" or any(_lemma(o) in _INVENTED for o in objects)
    if verb == "invent":
        return any(_lemma(o) in _INVENTED for o in objects)
    if verb == "keep":
        silent = any(c.lower_ in ("quiet", "silent", "secret") for c in head.subtree)
        about = any(c.lower_ in ("about", "from") and c.dep_ == "prep" for c in head.subtree)
        return any(p.lower_ == "myself" for p in _to(head, "to")) or (silent and (about or bool(objects)))
    return verb == "act" and any(c.lower_ in ("surprised", "innocent", "dumb") for c in head.children)


def _neglects(head: Token) -> bool:
    verb, particle, objects = _lemma(head), _particle(head), _objects(head)
    done = [child for child in head.children if child.dep_ in ("xcomp", "ccomp")]
    if verb in _NEGLECTING:
        return True
    if verb == "ignore":
        return not any(_lemma(o) in _BORNE for o in objects)
    if verb == "refuse":
        return not any(conduct(act) for act in done)
    if verb == "avoid":
        return any(o.lower_ in _AVOIDED or _lemma(o) in _PEOPLE for o in objects)
    if verb == "skip":
        return any(_lemma(o) in _SKIPPED for o in objects)
    if verb in ("give", "quit", "drop"):
        stopped = verb == "quit" or particle == {"give": "up", "drop": "out"}[verb]
        return stopped and not objects
    if verb in ("send", "turn", "wave", "brush", "fob", "shoo"):
        gone = particle in ("away", "off", "aside") and not _to(head, "from")
        return gone and any(o.pos_ == "PRON" or _lemma(o) in _PEOPLE for o in objects)
    if verb in ("tell", "say") and any(_left_to(content) for content in _contents(head)):
        return True
    if verb == "look":
        return particle == "away" or any(_lemma(c) == "way" and _has(c, "other") for c in head.children)
    if verb in ("let", "watch", "leave"):
        someone = any(
            (o.pos_ == "PRON" and o.lower_ not in ("it", "that", "this")) or _lemma(o) in _PEOPLE
            for act in (head, *done)
            for o in (*_objects(act), *(c for c in act.children if c.dep_ == "nsubj" and act is not head))
        )
        return someone and any(_lemma(act) in _SUFFERED for act in done)
    return False


def _left_to(content: Token) -> bool:
    """Return whether reported words leave the work to who is told them: "to look it up himself"."""
    alone = any(token.lower_ in _THEMSELVES for token in content.subtree)
    others = any(t.lower_ == "own" and t.head.lower_ in ("on", "own") for t in content.subtree)
    theirs = not any(c.dep_ == "nsubj" and _is_first(c) for c in content.children)
    past = content.tag_ == "VBD" and content.lemma_.lower() != "have"
    return (alone or others) and theirs and not past


def _has(token: Token, word: str) -> bool:
    return any(child.lower_ == word for child in token.children)


def _leaves_unchanged(head: Token) -> bool:
    around = head.doc[head.i : min(head.sent.end, head.i + 14)].text
    if _AS_BEFORE.search(around):
        return True
    goes_on = _lemma(head) in _GO_ON or any(_has(head, word) for word in ("just", "still", "simply"))
    return goes_on and _BEFORE.search(around) is not None


def _mishap(head: Token) -> bool:
    verb, objects = _lemma(head), _objects(head)
    if verb in _MISHAPS or (_particle(head) == "up" and verb in ("mix", "mess", "screw")):
        return True
    if verb in _MENDING:
        return False
    if _LATE.search(head.doc[head.left_edge.i : head.right_edge.i + 1].text):
        return True
    if verb == "make":
        return any(_lemma(o) in _SLIPS for o in objects)
    if verb == "miss":
        return any(_lemma(o) in _MISSED for o in objects)
    if any(
        c.dep_ == "advmod" and c.lower_ in ("wrongly", "accidentally", "mistakenly") for c in head.children
    ):
        return True
    if any(_lemma(p) in ("mistake", "accident") for p in _to(head, "by")):
        return True
    things = [*objects, *_to(head, "to", "in", "into", "on", "with", "at", "for", "onto")]
    return any(_has(thing, "wrong") for thing in things)
