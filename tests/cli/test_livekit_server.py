from pathlib import Path

import pytest

from cli import livekit_server
from cli.errors import ServerUnavailable


def program(path: Path, prints: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{prints}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PATH and an empty cache; returns the cache."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.usefixtures("nothing_installed")
def test_one_on_the_path_is_used(tmp_path: Path) -> None:
    installed = program(tmp_path / "bin" / "livekit-server", "livekit-server version 1.13.5")
    assert livekit_server.find_or_install() == installed
    assert livekit_server.version_of(installed) == "1.13.5"


def test_one_in_the_cache_is_used(nothing_installed: Path) -> None:
    cached = program(nothing_installed / "aila" / "livekit-server-v1.13.5" / "livekit-server", "1.13.5")
    assert livekit_server.find_or_install() == cached


@pytest.mark.usefixtures("nothing_installed")
def test_without_go_the_message_says_what_to_install() -> None:
    with pytest.raises(ServerUnavailable, match=r"neither is Go; install livekit-server 1\.13\.5 from"):
        livekit_server.find_or_install()


def test_a_build_that_fails_leaves_nothing_in_the_cache(nothing_installed: Path, tmp_path: Path) -> None:
    go = program(tmp_path / "bin" / "go", "no such module")
    go.write_text("#!/bin/sh\necho 'no such module'\nexit 1\n")
    with pytest.raises(ServerUnavailable, match="could not be built: no such module"):
        livekit_server.find_or_install()
    assert list((nothing_installed / "aila" / "livekit-server-v1.13.5").iterdir()) == []


def test_a_build_that_works_is_kept(nothing_installed: Path, tmp_path: Path) -> None:
    go = program(tmp_path / "bin" / "go", "")
    go.write_text('#!/bin/sh\nprintf "#!/bin/sh\\n" > "$GOBIN/server"\n/bin/chmod +x "$GOBIN/server"\n')
    built = livekit_server.find_or_install()
    assert built == nothing_installed / "aila" / "livekit-server-v1.13.5" / "livekit-server"
    assert livekit_server.find() == built


def test_a_configured_program_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ServerUnavailable, match=r"AILA_LIVEKIT_SERVER is .*missing"):
        livekit_server.find(tmp_path / "missing")
