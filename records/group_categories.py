"""The groups that a candidate may name themselves part of: the categories of US reporting (EEO-1).

New York City's Local Law 144 asks for these, sex and race/ethnicity, and for both together.
"""

from typing import Literal

PREFER_NOT_TO_SAY = "prefer_not_to_say"
"""An answer like any other; in every table it counts as unknown."""
Sex = Literal["female", "male", "another", "prefer_not_to_say"]
RaceEthnicity = Literal[
    "hispanic_or_latino",
    "white",
    "black_or_african_american",
    "native_hawaiian_or_pacific_islander",
    "asian",
    "native_american_or_alaska_native",
    "two_or_more_races",
    "prefer_not_to_say",
]
