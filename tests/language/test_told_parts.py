"""Which parts a practice answer may have: what was told must not be asked for again."""

import pytest

from language.answer_parts import parts
from language.told_parts import told_parts

STORIES = [
    (
        "My bike had a flat tyre on the way. I took the wheel off and patched the tube and it holds.",
        "situation action result",
    ),
    (
        "Yesterday my bike had a flat tyre. I took off the wheel, patched the tube and it holds.",
        "situation action result",
    ),
    (
        "The kitchen tap was dripping. I turned off the water and changed the washer, and now it is dry.",
        "situation action result",
    ),
    ("My neighbour's cat got stuck in a tree. I fetched a ladder and carried her down.", "situation action"),
    (
        "I burned the rice on Sunday. I scraped it out and cooked new rice, and we ate at eight.",
        "situation action result",
    ),
    (
        "My phone broke. I looked up the fault online and changed the battery myself. It works again.",
        "situation action result",
    ),
    ("I lost my keys. I called a locksmith and he opened the door.", "action result"),
    ("I fixed the printer.", "action"),
    ("The bus did not come so I walked and I made it in time.", "situation action result"),
    ("Last year a machine broke. I called the vendor and then I replaced the cable.", "situation action"),
    ("I like cooking and I like people.", ""),
    (
        "so my bike had a flat tyre i took the wheel off and patched the tube and it holds",
        "situation action result",
    ),
    ("I called him because he was late.", "action"),
    ("We had no bread. I baked some and the children loved it.", "situation action result"),
    ("I cleaned the old, rusted pipe.", "action"),
    (
        "Last Saturday I planted tomatoes with my son. We watered them and now they are already green.",
        "situation action result",
    ),
    ("My grandmother couldn't open her email. I drove over and reset her password.", "situation action"),
    (
        "It rained into the cellar. I carried the boxes upstairs and mopped the floor. Nothing was ruined.",
        "situation action result",
    ),
    ("I cooked dinner for my parents. They were really happy about it.", "situation action result"),
    ("I went running.", "action"),
    ("I am a patient person and I enjoy working with numbers.", ""),
    (
        "There was a spider in my daughter's room, so I caught it and she could sleep again.",
        "situation action result",
    ),
    ("I repaired the chair with glue.", "action"),
    (
        "A customer left her purse at the till. I ran after her and gave it back. She hugged me.",
        "situation action result",
    ),
    ("My flat was a mess. I cleaned it on Friday evening.", "situation action"),
    ("I wrote a letter to an old friend and she wrote back.", "action result"),
    ("The wifi was down, I restarted the router, then everything worked.", "situation action result"),
    (
        "I helped my little brother with his maths homework last week and he got a good mark.",
        "situation action result",
    ),
    ("I finally finished my book.", "action result"),
]


@pytest.mark.parametrize(("text", "told"), STORIES)
def test_what_was_told_is_heard_and_nothing_else(text: str, told: str) -> None:
    found = told_parts(text)
    assert [part for part in ("situation", "action", "result") if found[part]] == told.split()


@pytest.mark.parametrize(
    "text", ["", " ", "...", "I", "we and I", "Well it was nice and all that.", "去年我帮助了一位同事"]
)
def test_in_no_story_nothing_is_heard(text: str) -> None:
    assert not any(told_parts(text).values())


@pytest.mark.parametrize("text", [text for text, _ in STORIES])
def test_what_is_plainly_there_is_heard(text: str) -> None:
    plain = parts(text)
    assert {part for part in plain if plain[part]} <= {
        part for part, told in told_parts(text).items() if told
    }


def test_a_very_long_answer_is_read_too() -> None:
    assert told_parts("I ran and " * 20_000 + "it held.")["result"]
