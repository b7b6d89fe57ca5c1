"""Acts that did not come about, by the words around the verb; and acts that did, with such words near."""

import pytest

from language.clauses import clauses


def credited(text: str) -> set[str]:
    return {clause.verb for clause in clauses(text) if clause.credited}


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Nowhere did I find that the relay was burnt.", "find"),
        ("By no means did I swap the relay.", "swap"),
        ("At no point did I ask her.", "ask"),
        ("I hardly ever called them.", "call"),
        ("I seldom asked for help.", "ask"),
        ("I nearly found the cause.", "find"),
        ("I all but solved it.", "solve"),
        ("I came close to measuring it.", "come"),
        ("I was going to call him that evening.", "go"),
        ("I failed to tell my manager.", "fail"),
        ("I was told to put the servers first.", "put"),
        ("I was supposed to check the tyres.", "check"),
        ("They believed that I had given everyone a clear task.", "give"),
        ("It would be wrong to say that I explained the risks.", "explain"),
        ("I wish I had called her back.", "call"),
        ("I dreamt of fixing the seal.", "fix"),
        ("I thought about calling her.", "call"),
        ("A time when I had to balance two deadlines was in May.", "balance"),
    ],
)
def test_what_did_not_come_about_is_not_credited(text: str, verb: str) -> None:
    assert verb not in credited(text)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("I called almost forty people.", "call"),
        ("I nearly dropped it, so I asked Tom to hold the ladder.", "ask"),
        ("I was told about the leak and rang the plumber.", "ring"),
        ("I knew what she meant and wrote it down.", "write"),
        ("The time I had to move the piano, I called four friends.", "call"),
        ("I thought about it overnight and wrote to her.", "write"),
    ],
)
def test_what_was_done_stays_credited(text: str, verb: str) -> None:
    assert any(found.split()[0] == verb for found in credited(text))
