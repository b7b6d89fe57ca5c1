"""Checks a follow-up that a language model worded, before the candidate can hear it.

Every rule errs towards refusing: the bank's probe is always there.
"""

import re
import unicodedata

ACCEPTED = "accepted"
MAX_WORDS = 30
MAX_CHARACTERS = 240
QUOTED_WORDS = 5

_PRAISE = re.compile(
    r"\b(?:great|excellent|amazing|awesome|fantastic|wonderful|perfect|impressive|brilliant|good (?:job|answer|work|point)"
    r"|well done|nice|interesting|love(?:d)?|congrat\w*|strong answer|weak|poor|bad answer|wrong|correct|disappoint\w*"
    r"|unfortunately|insufficient|score|rating|points|bad|so (?:good|great|well)|good at|such an?|worse|worst|best)\b",
    re.I,
)
_PROTECTED = re.compile(
    r"\b(?:age|old are you|born|birth|gender|sex|male|female|husband|wife|spouse|married|marriage|single|pregnan\w*"
    r"|child(?:ren)?|kids?|family|religio\w*|church|mosque|faith|race|racial|ethnic\w*|nationality|citizen\w*|native"
    r"|accent|disab\w*|illness|health|medical|sick|sexual\w*|orientation|politic\w*|union|salary|earn|where are you from"
    r"|phone|telephone|address|e-?mail|bank|account|password|passport|credit|your details"
    r"|foreign\w*|immigrant\w*|cancer|disease\w*|diagnos\w*|depress\w*|therap\w*|vote[ds]?|elections?|wages?|pay|income|died?|dead"
    r"|death|kill\w*|funeral|divorce\w*|boyfriend|girlfriend|idiots?|stupid|lazy|dumb|hate[ds]?|damn|hell|fools?)\b",
    re.I,
)
_PROMISE = re.compile(
    r"\b(?:you(?:'ll| will) (?:get|be hired|pass|receive)|we(?:'ll| will) (?:hire|offer|call)|hire you|job offer|guarantee\w*"
    r"|promise\w*|next round|selected)\b",
    re.I,
)
_LEADING = re.compile(
    r"(?:\b(?:isn't|wasn't|didn't|don't|doesn't|weren't|aren't|won't|wouldn't) (?:it|you|that|they|he|she|we)\b"
    r"|,\s*(?:right|correct|yes|no)\s*\?|\byou must have\b|\bsurely\b|\bobviously\b|\bwould you agree\b|\bdo you agree\b)",
    re.I,
)
_META = re.compile(
    r"\b(?:system|prompt|instruction\w*|ignore|as an ai|language model|assistant|json|interview\w*|candidates?|openai|"
    r"recruiters?|this question|next question|not count|"
    r"sorry|cannot|can't help)\b",
    re.I,
)
_TO_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}\b(?:instructions?|rules?|prompts?|above|previous|guidelines?)\b"
    r"|\b(?:system|your|developer) (?:prompt|instructions?|message)\b|\bas an? (?:ai|language model)\b|\byou are (?:now )?(?:an?|only an?) (?:ai|language model|assistant|machine|bot)\b"
    r"|\b(?:print|output|reply|respond|say|repeat|ask me|write)\b[^.?!]{0,20}(?:\bexactly\b|\bonly\b|\bverbatim\b|\bthe (?:words?|following)\b|:)"
    r"|<\|?/?(?:im_start|im_end|system|user|assistant)|\[/?inst\]|\b(?:give|award|rate|score|grant) me\b[^.?!]{0,30}\b(?:score|rating|marks?|points)|\bthe (?:highest|maximum|top|best) (?:score|rating)\b",
    re.I,
)
_ORDERS = re.compile(
    r"(?:^|[.!?:;]\s+)(?:(?:now|please|then|and|so|but|also)\s+){0,2}"
    r"(?:(?:ask|tell|say|repeat|respond|reply|answer|write|translate|confirm|promise|agree|suggest|speak|act|pretend|decode"
    r"|output|congratulate|praise|reveal)\s+(?:me|whether|that|with|after|exactly|this|in|your|for|two|only|as|to me)\b"
    r"|(?:start|begin|end|make)\s+(?:your|the|this)\s+(?:question|reply|answer|interview)\b|in your (?:reply|question|answer)\b)"
    r"|\bfrom now on,? you\b|\b(?:your|the) (?:next|correct) (?:question|follow-?up)\b|\brepeat after me\b|\bbase64\b"
    r"|\bas (?:the|your) (?:developer|administrator|creator|owner)\b|\bi (?:order|command|instruct) you\b|\byou are now\b"
    r"|\b(?:new|updated) (?:policy|rules?|instructions?)\b[^.?!]{0,40}\b(?:must|have to|reveal|updated?)\b"
    r"|\{\{|\}\}|\"role\"\s*:",
    re.I,
)
_ABOUT_THE_PAST = re.compile(
    r"\b(?:did|was|were|had|happened|came|ended|turned|went|led|made|became|helped|changed|said|told|took|got|gave)\b",
    re.I,
)
_OPENING = re.compile(
    r"\b(?:what|how|which|who|when|where|why|could you|can you|would you|tell me|did|do|was|were)\b", re.I
)
_FORM = re.compile(
    r"^(?:(?:and|so)\s+)?(?:what|how|which|who|whom|when|where|why|in what|in which|at what|at which|to whom|with whom"
    r"|(?:could|can|would|will) you (?:please )?(?:tell me|describe|explain|say|walk me through|give me)|tell me)\b",
    re.I,
)
_ADDRESSES_SOMEBODY = re.compile(
    r"\b(?:you|your|yours|yourself|aila|interview\w*|recruiter|candidate|ask\w*|questions?|please|kindly|instead|must|should"
    r"|shall|says? next|will say|model|machine|robot|program|assistant|system|prompt)\b",
    re.I,
)
_TOLD = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.I)
_GENERIC = frozenset(
    """achieve action approach arrange begin came carry cause change choose colleague come conclude concrete contribute
    customer decide decision deal detail develop difference difficult do effect effort end event explain face final
    finally find finish first follow further give goal going handle help impact important improve involve job know lead
    learn led left let like long look manager many matter mean meant might need next notice occasion outcome particular
    people person place plan point possible problem process project put react reason receive respond result role said
    sort solve specific start stage task team then think thing time together took try turn understand use way went work say call talk write
    yourself afterwards happen respons""".split()
)
_STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be because been before being but by can could did
    do does doing for from get got had has have having he her here him his how i if in into is it
    its just like made make me more most my no not of on one or our out over she so some such than
    that the their them then there these they this those through time to too up us very was we were
    what when where which while who why will with would you your tell describe happened happen
    specifically exactly moment example situation result step steps part role""".split()
)


def addresses_machine(answer: str) -> bool:
    """Return whether an answer speaks to a language model rather than to an interviewer.

    Such words are never handed to one: the bank's probe is asked instead.
    """
    return _TO_MACHINE.search(answer) is not None or _ORDERS.search(answer) is not None


def narrative(answer: str) -> str:
    """Return the sentences of ``answer`` that tell of the candidate; those that address somebody are left out.

    A model is shown these alone, and a wording is grounded in these alone.
    """
    sentences = re.split(r"(?<=[.!?;])\s+|\n+", answer.replace("’", "'"))
    told = [s for s in sentences if _TOLD.search(s) and not _ADDRESSES_SOMEBODY.search(s)]
    return " ".join(told)


def judge(wording: str, answer: str, question: str, prompt: str = "") -> str:
    """Return ``"accepted"``, or the first rule that ``wording`` breaks.

    Parameters
    ----------
    wording
        What the model wants Aila to say.
    answer
        The candidate's words; the wording must take up at least one of them.
    question
        The bank's question; saying it again is no follow-up.
    prompt
        What the model was told; none of it may be said.
    """
    text = wording.strip()
    if not text:
        return "empty"
    checks = (
        ("unprintable", _unprintable(text)),
        ("too_long", len(text.split()) > MAX_WORDS or len(text) > MAX_CHARACTERS),
        ("markup", bool(re.search(r"[*_#`<>{}\[\]|\\\"“”]|https?:|\n", text))),
        ("not_one_question", text.count("?") != 1 or not text.endswith("?")),
        ("not_a_question", _OPENING.search(text) is None),
        ("praise_or_judgement", _PRAISE.search(text) is not None),
        ("protected", _PROTECTED.search(text) is not None),
        ("promise", _PROMISE.search(text) is not None),
        ("leading", _LEADING.search(text) is not None),
        ("leaks_prompt", _quotes(text, prompt)),
        ("meta", _META.search(text) is not None),
        (
            "first_person",
            re.search(r"\b(?:i|my|me|we|us|our)\b", text, re.I) is not None and not _only_tell_me(text),
        ),
        ("other_language", _other_language(text)),
        ("repeats_question", _overlap(text, question) > 0.8),
        ("not_grounded", not (_content_words(text) & _content_words(narrative(answer)))),
        ("invented", bool(_invented(text, answer, question))),
        ("form", _FORM.search(text) is None or text.isupper()),
        ("not_about_the_past", _ABOUT_THE_PAST.search(text) is None),
    )
    return next((name for name, broken in checks if broken), ACCEPTED)


def _quotes(text: str, prompt: str) -> bool:
    """Whether ``QUOTED_WORDS`` words in a row come from ``prompt``."""
    said, told = (re.findall(r"[a-z']+", part.lower()) for part in (text, prompt))
    runs = {tuple(told[i : i + QUOTED_WORDS]) for i in range(len(told) - QUOTED_WORDS + 1)}
    return any(tuple(said[i : i + QUOTED_WORDS]) in runs for i in range(len(said) - QUOTED_WORDS + 1))


def _unprintable(text: str) -> bool:
    return any(unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "So") for character in text)


def _only_tell_me(text: str) -> bool:
    return (
        re.search(
            r"\b(?:i|my|me|we|us|our)\b",
            re.sub(r"\b(?:tell|walk|give|show) me\b", "", text, flags=re.I),
            re.I,
        )
        is None
    )


def _other_language(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return not letters or sum(character.isascii() for character in letters) / len(letters) < 0.97


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.lower().replace("’", "'")))


def _content_words(text: str) -> set[str]:
    return {_stem(word) for word in _words(text) if len(word) > 2 and word not in _STOP_WORDS}


def _stem(word: str) -> str:
    for suffix in ("ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)].rstrip("e")
    return word.rstrip("e")


def _overlap(text: str, other: str) -> float:
    mine = _content_words(text)
    return len(mine & _content_words(other)) / len(mine) if mine else 0.0


def _invented(text: str, answer: str, question: str) -> set[str]:
    """Return the words of ``text`` that come from nowhere: what nobody said is not asked about."""
    generic = {_stem(word) for word in _GENERIC}
    return _content_words(text) - _content_words(narrative(answer)) - _content_words(question) - generic
