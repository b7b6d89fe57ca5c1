"""Files of a session: the CV that a recruiter adds, and the joined recording."""

import errno
import hashlib
import io
import random
import stat
import zipfile
from pathlib import Path

import pytest

from records import media
from records.errors import MediaRejected
from records.tables import MediaFile
from tests.records.conftest import Records

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "<xml/>")
    return content.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml", "word/grün.xml")


def test_a_cv_is_what_is_in_it_not_what_it_is_called() -> None:
    assert media.document_type(PDF) == "application/pdf"
    assert media.document_type(DOCX).endswith("wordprocessingml.document")
    assert media.document_type(PDF + b"\0" * (media.CV_MAX_BYTES - len(PDF))) == "application/pdf"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this file is neither"),
        (b"Curriculum vitae", "this file is neither"),
        (b" %PDF-1.7", "this file is neither"),
        (b"MZ\x90\0", "this file is neither"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "this file is neither"),
        (archive("xl/workbook.xml"), "this file is neither"),
        (archive("word/document.xml/../../evil"), "this file is neither"),
        (archive("word/document.xml")[:-30], "this file is neither"),
        (b"PK\x03\x04", "this file is neither"),
        (b"%PDF-" + b"\0" * media.CV_MAX_BYTES, "larger than 5 MB"),
    ],
)
def test_anything_else_is_rejected(content: bytes, said: str) -> None:
    with pytest.raises(MediaRejected, match=said):
        media.document_type(content)


def test_a_damaged_document_is_accepted_or_rejected_and_nothing_else() -> None:
    chance, rejected = random.Random(20), 0
    for _ in range(3000):
        damaged = bytearray(DOCX)
        for _ in range(chance.randint(1, 5)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        try:
            media.document_type(bytes(damaged[: chance.choice([None, chance.randrange(len(damaged))])]))
        except MediaRejected:
            rejected += 1
    assert 500 < rejected < 3000


def test_a_stored_cv_is_private_whole_and_the_newest_is_shown(records: Records) -> None:
    session_id = records.begin()
    for content in (PDF, DOCX):
        with records.database.transaction() as session:
            media.store_cv(session, records.installation, session_id, "Lebenslauf 2031.final.pdf", content)
    with records.database.reading() as session:
        newest = media.newest(session, session_id, "cv")
        assert media.newest(session, session_id, "recording") is None
    assert newest is not None
    path = media.absolute_path(records.installation, newest)
    assert path.read_bytes() == DOCX
    assert newest.sha256 == hashlib.sha256(DOCX).hexdigest()
    assert (newest.file_name, newest.size_bytes) == ("Lebenslauf 2031.final.docx", len(DOCX))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(list(path.parent.iterdir())) == 2


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\cv.exe", "cv.pdf"),
        ("/", "cv.pdf"),
        ("..", "cv.pdf"),
        ("", "cv.pdf"),
        (".pdf", "cv.pdf"),
        ('a"b<c>|.docx', "abc.pdf"),
        ("line\r\nbreak\0.pdf", "linebreak.pdf"),
        ("gnp.\u202efdp.exe", "gnp.fdp.pdf"),
        ("履歴書 🙂.pdf", "履歴書 🙂.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
        ("half \ud800.pdf", "half.pdf"),
    ],
)
def test_the_name_that_was_sent_never_chooses_where_a_file_lies(
    records: Records, sent: str, shown: str
) -> None:
    session_id = records.begin()
    with records.database.transaction() as session:
        stored = media.store_cv(session, records.installation, session_id, sent, PDF)
        assert stored.file_name == shown
    path = media.absolute_path(records.installation, stored)
    assert path.parent == records.installation.media_dir / session_id
    assert path.name == f"cv-{stored.id}.pdf"
    everything = [
        p for p in records.installation.data_dir.rglob("*") if p.is_file() and p.read_bytes() == PDF
    ]
    assert everything == [path]


def test_a_rejected_cv_leaves_nothing(records: Records) -> None:
    session_id = records.begin()
    with pytest.raises(MediaRejected), records.database.transaction() as session:
        media.store_cv(session, records.installation, session_id, "cv.pdf", b"no document")
    assert not media.session_dir(records.installation, session_id).exists()


def test_a_cv_that_does_not_fit_on_the_disk_leaves_nothing(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = records.begin()

    def fill_up(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:5])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    with pytest.raises(OSError, match="No space left"), records.database.transaction() as session:
        media.store_cv(session, records.installation, session_id, "cv.pdf", PDF)
    assert list(media.session_dir(records.installation, session_id).iterdir()) == []
    with records.database.reading() as session:
        assert media.newest(session, session_id, "cv") is None


def test_a_recording_is_registered_once(records: Records) -> None:
    session_id = records.begin()
    path = media.recording_path(records.installation, session_id)
    path.parent.mkdir(parents=True)
    for content, duration_s in ((b"first", 12.5), (b"second time", 13.75)):
        path.write_bytes(content)
        with records.database.transaction() as session:
            media.register_recording(session, records.installation, session_id, duration_s)
    with records.database.reading() as session:
        [row] = session.query(MediaFile).all()
    assert media.absolute_path(records.installation, row) == path
    assert (row.kind, row.duration_s, row.size_bytes) == ("recording", 13.75, 11)
    assert row.sha256 == hashlib.sha256(b"second time").hexdigest()
