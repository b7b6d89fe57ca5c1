"""Why a clause is no evidence, in one word for programs and one sentence for people."""

from typing import Literal

from language.clauses import Clause

Exclusion = Literal[
    "quoted",
    "question",
    "instruction",
    "claimed",
    "another_person",
    "people_in_general",
    "negated",
    "hypothetical",
    "planned",
    "obligation",
    "habitual",
    "present",
    "not_past",
    "no_act",
    "watched",
    "imagined",
    "taken_back",
    "anothers_words",
    "to_the_system",
    "said_back",
    "too_much",
    "blame",
    "hostility",
    "concealment",
    "neglect",
    "unchanged",
]

IN_WORDS: dict[Exclusion, str] = {
    "quoted": "it repeats what was said, by somebody or by the candidate",
    "question": "it is a question",
    "instruction": "it tells somebody what to do",
    "claimed": "it claims a quality instead of telling an act",
    "another_person": "somebody else did it",
    "people_in_general": "it says what people do, or does not say who did it",
    "negated": "it says that this was not done",
    "hypothetical": "it says what could be done or what was intended, not what was done",
    "planned": "it says what will be done",
    "obligation": "it says what should or had to be done",
    "habitual": "it says what the candidate usually does, not what was done once",
    "present": "it does not tell a past act",
    "not_past": "it does not tell a past act",
    "no_act": "being or having something is no act",
    "watched": "somebody else did it and the candidate looked on",
    "imagined": "it is part of something imagined or dreamt",
    "taken_back": "the answer says that this did not happen",
    "anothers_words": "the answer says that these are somebody else's words",
    "to_the_system": "it is said to the scoring system",
    "said_back": "it says the question or the rating sheet back",
    "too_much": "more was said before it than is read of one answer",
    "blame": "it puts the fault or the work on others",
    "hostility": "it tells of an act against somebody",
    "concealment": "it says that something was hidden, invented or kept back",
    "neglect": "it says that something was refused, ignored or left to itself",
    "unchanged": "it says that all stayed as it was",
}


def of_clause(clause: Clause) -> Exclusion | None:
    """Return why ``clause`` is no own, realised, past and affirmed act; None if it is one (``credited``)."""
    if clause.credited:
        return None if clause.conduct == "mishap" else clause.conduct
    if clause.speech_act != "narrated":
        return clause.speech_act
    if clause.actor == "other":
        return "another_person"
    if clause.actor == "generic":
        return "people_in_general"
    if clause.negated:
        return "negated"
    return "not_past" if clause.modality == "realised" else clause.modality
