"""Which parts of an answer are there."""

from language.answer_parts import parts

FULL = (
    "Last year at my job a colleague was overwhelmed by a new tool. I sat down with her and explained it. "
    "I also wrote a guide. In the end she finished her project on time."
)


def test_a_full_answer_has_all_parts() -> None:
    assert parts(FULL) == {"situation": True, "action": True, "result": True, "example": True}


def test_an_empty_answer_has_none() -> None:
    assert not any(parts("").values())


def test_a_missing_result_is_noticed() -> None:
    found = parts("Last year a machine broke. I called the vendor and then I replaced the cable.")
    assert found["action"]
    assert not found["result"]


def test_an_act_of_others_is_no_own_action() -> None:
    assert not parts("At my last job my manager called the vendor and replaced the cable.")["action"]


def test_intentions_are_no_actions() -> None:
    assert not parts("I would call the vendor and I would replace the cable.")["action"]


def test_one_subject_carries_several_acts() -> None:
    assert parts("I called the vendor and explained the fault.")["action"]
