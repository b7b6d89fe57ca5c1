"""Is a text in another language than English? By script, and by the commonest small words.

A few foreign words in an English answer do not count; without small words of either kind nothing is said.
"""

import re
import unicodedata

MIN_LETTERS = 5
FOREIGN_SCRIPT_SHARE = 0.4
FOREIGN_SHARE = 0.2
"""Of all words: small words of one other language. English ones must be rarer than half of these."""
ACCENTED_WEIGHT = 0.5
"""A word with a letter that English has not counts half; where many have one, it is another language."""

ACCENTED_SHARE = 0.4
_FILLERS = frozenset("um uh er erm hm hmm ah eh oh".split())

_ENGLISH = frozenset(
    """the a an and or but so i we you he she it they me my our your his her their was were is are am be
    been had have has do did not to of in on at for with from by about as that this there when then
    because if who what which how all would could can will just very him them us had after before up out
    into than""".split()
)
_OTHERS: dict[str, frozenset[str]] = {
    "German": frozenset(
        """ich und der die das ein eine einen einem einer nicht ist war hat habe haben mit mein meine
        meinem meinen wir sie er es auf auch dann dass wie für von zu zum zur im den dem des sich aber
        oder wenn weil noch nach bei kann mir mich uns sehr gut alles sagen letztes jahr hatte wieder
        wurde""".split()
    ),
    "French": frozenset(
        """je j'ai il elle on nous vous ils le la les un une des du de et est était avec pour dans que qui
        ne pas sur mon ma mes notre ce cette c'est mais ou parce au aux plus été a tout toute très
        l'année dernière fait""".split()
    ),
    "Spanish": frozenset(
        """yo el la los las un una de del y en que con para por mi su no se lo le me es era fue al como
        pero muy más nuestro mis sus tuvo estaba hizo año pasado cuando porque todos""".split()
    ),
    "Italian": frozenset(
        """io il lo la i gli le un una di del della e è che con per non si mi ho ha abbiamo era al alla in
        mio mia suo nostro come ma più anno scorso stato anche fine quando perché""".split()
    ),
    "Portuguese": frozenset(
        """eu o a os as um uma de do da e em que com para por meu minha não se foi era ao no na nos nas
        como mas mais ano passado ele ela muito quando porque""".split()
    ),
    "Dutch": frozenset(
        """ik de het een en van in is was met voor niet dat die op te mijn we wij hij zij ze heb heeft had
        er maar ook om naar aan bij als dan jaar vorig wat hoe zijn werd""".split()
    ),
    "Swedish, Danish, Norwegian": frozenset(
        """jag jeg vi han hon hun det den en ett et och og att at som inte ikke med på för til till av min
        mitt var har hade hadde så men när når om år förra sidste siste blev ble""".split()
    ),
    "Polish": frozenset(
        """i w z na nie się że do jest był była to mój moja która który po za od ale jak roku zeszłym czas
        bo o przez mnie""".split()
    ),
    "Czech, Slovak": frozenset(
        """a v na se že jsem to byl byla s z do je který která ale jak můj moje minulý rok po pro jsme som
        sa bol""".split()
    ),
    "Romanian": frozenset(
        """am un o să la în de pe cu că nu a și care mea meu trecut anul era fost pentru din ce mai""".split()
    ),
    "Turkish": frozenset(
        """bir ve bu için ile çok ama ben biz geçen yıl oldu sonra daha gibi bana onu""".split()
    ),
    "Hungarian": frozenset("""a az és egy hogy nem volt is meg én mi tavaly ezt azt de már csak""".split()),
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def is_other_language(text: str) -> bool:
    """Return whether ``text`` is plainly written in another language than English."""
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTERS:
        return False
    foreign = (
        0
        if text.isascii()
        else sum(
            not character.isascii() and not unicodedata.name(character, "LATIN").startswith("LATIN")
            for character in text
            if character.isalpha()
        )
    )
    if foreign / letters >= FOREIGN_SCRIPT_SHARE:
        return True
    words = [w for w in _WORD.findall(text.lower().replace("’", "'")) if w not in _FILLERS]
    if len(words) < 3:
        return False
    accented = sum(not word.isascii() for word in words)
    english = sum(word in _ENGLISH for word in words)
    if accented >= ACCENTED_SHARE * len(words) and english < FOREIGN_SHARE * len(words):
        return True
    return any(_is_in(words, small, accented) for small in _OTHERS.values() if not small.isdisjoint(words))


def _is_in(words: list[str], small: frozenset[str], accented: int) -> bool:
    own = sum(word in small and word not in _ENGLISH for word in words)
    foreign = own + ACCENTED_WEIGHT * accented
    if own == 0 or foreign < FOREIGN_SHARE * len(words):
        return False
    return sum(word in _ENGLISH and word not in small for word in words) < foreign / 2
