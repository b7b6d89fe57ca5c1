"""Past forms of English verbs, by spelling: enough to tell a told act from a plan without a parser."""

import re

IRREGULAR_PAST = frozenset(
    """arose ate became began bent bet bit bled blew bought bound broke brought built burnt came caught
    chose clung cost cut dealt did dove drank drew dreamt drove dug fed fell felt fled flew forgave
    forgot fought found froze gave got grew had heard held hid hit hung hurt kept knew laid lay led
    learnt left lent let lit lost made meant met paid put quit ran rang read rebuilt redid reran
    rewrote rode rose said sang sank sat saw sent set shook shot showed shut slept slid sold sought
    spent spoke spelt split spread stood stole stuck struck swam swore taught thought threw told
    took tore understood undertook upset was went were withdrew woke won wore wrote""".split()
)
_NOT_PAST = frozenset("""need feed seed speed indeed proceed succeed exceed embed""".split())


def is_past_form(word: str) -> bool:
    """Return whether ``word`` (lower case) can be a simple past; "-ed" forms count, "need" does not."""
    if word in IRREGULAR_PAST:
        return True
    return len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST and not word.endswith("eed")


_WORD = re.compile(r"[a-z']+")


def words_of(text: str) -> list[str]:
    """Return the lower-case words of ``text``."""
    return _WORD.findall(text.lower().replace("’", "'"))
