"""Another language than English, or only a few foreign words."""

import csv
from pathlib import Path

import pytest

from language.other_language import is_other_language

ANSWERS = Path(__file__).parents[1] / "data" / "siop2024" / "answers.csv"


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe den Kunden angerufen und dann war alles gut.",
        "J'ai appelé le client et nous avons trouvé une solution.",
        "Llamé al cliente y le expliqué el problema.",
        "Zadzwoniłem do klienta i był zadowolony, że się udało.",
        "Я позвонил клиенту.",
        "私はお客様に電話しました。",
        "Tôi đã gọi cho khách hàng.",
    ],
)
def test_an_answer_in_another_language_is_noticed(text: str) -> None:
    assert is_other_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Um, no.",
        "I called Señor Núñez in São Paulo about the façade.",
        "Made plan, split tasks, delivered Friday.",
        "She said ça va and I went on with the tour.",
        "pH 7, 20 °C, 3 bar",
    ],
)
def test_foreign_words_and_telegrams_are_english_enough(text: str) -> None:
    assert not is_other_language(text)


def test_no_real_answer_is_taken_for_another_language() -> None:
    with ANSWERS.open(newline="", encoding="utf-8") as file:
        assert [row["answer"] for row in csv.DictReader(file) if is_other_language(row["answer"])] == []
