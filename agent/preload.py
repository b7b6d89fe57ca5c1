"""Imported once in the process from which the jobs' processes are forked.

What takes seconds to load, or much memory, is loaded here and shared by all interviews: the parser above all,
which would otherwise be loaded in the middle of somebody's first answer.
"""

import sqlalchemy.dialects.postgresql
import sqlalchemy.dialects.sqlite  # noqa: F401 — imported for those that are forked

import agent.job  # noqa: F401
from agent.interview.assessment import missing_parts, reminder_kind, sounds_complete
from question_bank.library import BankLibrary

_ANY_ANSWER = "Last week I wrote the report on my own. In the end it was finished in time."

for _look in (missing_parts, reminder_kind, sounds_complete):
    _look(_ANY_ANSWER)
BankLibrary().list()
