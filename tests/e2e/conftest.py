"""One real stack and one real browser for all tests of this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.e2e import voices
from tests.e2e.stack import Stack
from tests.e2e.voices import ANSWERS, Speech

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--no-sandbox",  # Chromium refuses to run as root with it
)


# The sync API of Playwright keeps an event loop: it has to be gone before other packages' async tests.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium() -> str:
    """Path of the installed browser."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("no Chromium is installed: run `make setup-test`")


@pytest.fixture(scope="package")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=list(BROWSER_FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    # Nobody is stopped by the limits on attempts here: all tests come from one address.
    limits = {"AILA_LOGIN_LIMIT": "1000/minute", "AILA_JOIN_LIMIT": "1000/minute"}
    stack = Stack.start(tmp_path_factory.mktemp("e2e") / "data", **limits)
    yield stack
    stack.stop()


@pytest.fixture(scope="package")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Speech]:
    """A spoken answer to each question of the demo bank."""
    folder = tmp_path_factory.mktemp("answers")
    return {
        question: voices.spoken(voices.answer_text(question), Path(folder) / f"{question}.wav")
        for question in ANSWERS
    }


@pytest.fixture(scope="package")
def more(tmp_path_factory: pytest.TempPathFactory) -> Speech:
    """What the candidates say to a follow-up question."""
    text = "In the end everybody was happy with the result, and I had called each of them myself."
    return voices.spoken(text, tmp_path_factory.mktemp("more") / "more.wav")


@pytest.fixture(scope="package")
def human_speech(tmp_path_factory: pytest.TempPathFactory) -> Speech:
    """A stretch of a real person's speech."""
    return voices.human(tmp_path_factory.mktemp("human") / "human.wav")
