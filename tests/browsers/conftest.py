"""The stack and the other browsers; run by ``make test-browsers``, not by ``make test``."""

from collections.abc import Iterator

import pytest

from tests.browsers.window import Window, installed, opened
from tests.e2e.stack import Stack


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack.start(tmp_path_factory.mktemp("browsers") / "data", AILA_JOIN_LIMIT="1000/minute")
    yield stack
    stack.stop()


@pytest.fixture(scope="package", params=["firefox", "webkit"])
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    pytest.importorskip("marionette_driver", reason="make test-browsers installs it")
    pytest.importorskip("selenium", reason="make test-browsers installs it")
    program = installed(request.param)
    if program is None:
        pytest.skip(f"{request.param} is not installed: scripts/test-browsers.sh says how")
    with opened(request.param, program) as window:
        yield window
