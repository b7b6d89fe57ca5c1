"""Deletes a session's group answers without being able to read them.

Retention and the worker use this; reading is in :mod:`records.group_data`, which they may not import.
"""

import sqlite3

from sqlalchemy import text
from sqlalchemy.orm import Session

from records.group_data_link import folder_of, link_of
from records.installation import Installation

ANSWERS_FILE = "answers.sqlite"
_BUSY_S = 10.0
_FUNCTION_IS_THERE = "SELECT to_regprocedure('group_data.forget(text)') IS NOT NULL"


def forget(session: Session, installation: Installation, session_id: str) -> None:
    """Delete the answers that ``session_id`` leads to, if there are any; doing it again changes nothing.

    In an SQLite file of their own they are gone at once. On PostgreSQL they go with ``session``'s
    transaction, through a function that deletes and returns nothing: its caller may not read the table.
    """
    link = link_of(installation, session_id)
    if link is None:
        return
    postgresql = session.get_bind().dialect.name == "postgresql"
    if postgresql and session.scalar(text(_FUNCTION_IS_THERE)):
        session.execute(text("SELECT group_data.forget(:link)"), {"link": link})
    path = folder_of(installation) / ANSWERS_FILE
    if path.exists():
        _forget_in_file(str(path), link)


def _forget_in_file(path: str, link: str) -> None:
    connection = sqlite3.connect(path, timeout=_BUSY_S)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'group_answers'").fetchone()
        if there is not None:
            connection.execute("DELETE FROM group_answers WHERE link = ?", (link,))
            connection.commit()
    finally:
        connection.close()
