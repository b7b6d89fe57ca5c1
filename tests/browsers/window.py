"""One interface to browsers that Playwright cannot drive as they are installed: Firefox and WebKitGTK."""

import base64
import contextlib
import os
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

PICTURES = Path("test-results/browsers")
PATIENCE_S = 120.0
MINI_BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
FIREFOX_NAMES = ("firefox-esr", "firefox")


class Window(ABC):
    """A browser's window, used as a person uses it: by words and clicks."""

    name: str
    driver: Any
    """Selenium's or Marionette's; both find elements and run scripts alike."""

    @abstractmethod
    def open(self, url: str) -> None: ...

    @abstractmethod
    def resize(self, width: int, height: int) -> None: ...

    @abstractmethod
    def picture(self) -> bytes:
        """Return what is shown, as PNG."""

    @abstractmethod
    def close(self) -> None: ...

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what the body of a function returns in the page."""
        return self.driver.execute_script(script, list(arguments))

    def button(self, words: str) -> Any:
        return self._one("xpath", f'//button[normalize-space()="{words}" or @aria-label="{words}"]')

    def labelled(self, words: str) -> Any:
        """Return the field whose label begins with ``words``."""
        return self._one("xpath", f'//*[@id=//label[starts-with(normalize-space(), "{words}")]/@for]')

    def shows(self, words: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until the words are on the page.

        Raises
        ------
        AssertionError
            If they do not come.
        """
        until(lambda: words in self.text(), f"{self.name} shows {words!r}", patience_s)

    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    def keep_picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{self.name}-{name}.png").write_bytes(self.picture())

    def _one(self, by: str, value: str) -> Any:
        return until(lambda: self.driver.find_elements(by, value), f"{self.name} has {value}")[0]


class Firefox(Window):
    """The installed Firefox through its own protocol, Marionette; with a made-up microphone."""

    name = "firefox"
    PREFERENCES: ClassVar[dict[str, bool | int | str]] = {
        "media.navigator.permission.disabled": True,
        "media.navigator.streams.fake": True,
        "media.peerconnection.ice.loopback": True,
        "media.autoplay.default": 0,
        "intl.accept_languages": "en-GB",
    }

    def __init__(self, program: str) -> None:
        from marionette_driver.marionette import Marionette

        self.logs = TemporaryDirectory(prefix="aila-firefox-")
        self.driver = Marionette(
            host="127.0.0.1",
            port=0,
            bin=program,
            headless=True,
            prefs=self.PREFERENCES,
            # Marionette deletes the file of that name first: never a device's.
            gecko_log=str(Path(self.logs.name) / "gecko.log"),
        )
        self.driver.start_session()

    def open(self, url: str) -> None:
        self.driver.navigate(url)

    def resize(self, width: int, height: int) -> None:
        self.driver.set_window_rect(width=width, height=height)

    def picture(self) -> bytes:
        return base64.b64decode(self.driver.screenshot(full=False))

    def close(self) -> None:
        self.driver.delete_session()
        self.driver.instance.close(clean=True)
        self.logs.cleanup()


class WebKit(Window):
    """WebKitGTK's MiniBrowser through its driver, on a display of its own."""

    name = "webkit"

    def __init__(self, program: str) -> None:
        from selenium.webdriver import WebKitGTK
        from selenium.webdriver.webkitgtk.options import Options
        from selenium.webdriver.webkitgtk.service import Service

        reading, writing = os.pipe()
        self.display = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        options = Options()
        options.binary_location = program
        options.add_argument("--automation")
        service = Service(shutil.which("WebKitWebDriver"), env={**os.environ, "DISPLAY": display})
        self.driver = WebKitGTK(options=options, service=service)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def open(self, url: str) -> None:
        self.driver.get(url)

    def resize(self, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)

    def picture(self) -> bytes:
        return bytes(self.driver.get_screenshot_as_png())

    def close(self) -> None:
        self.driver.quit()
        self.display.terminate()
        self.display.wait(timeout=10)


def installed(name: str) -> str | None:
    """Return the program of ``firefox`` or ``webkit``; None where it is not installed."""
    if name == "firefox":
        return next(filter(None, map(shutil.which, FIREFOX_NAMES)), None)
    complete = shutil.which("WebKitWebDriver") and shutil.which("Xvfb") and MINI_BROWSERS
    return str(MINI_BROWSERS[-1]) if complete else None


@contextlib.contextmanager
def opened(name: str, program: str) -> Iterator[Window]:
    """Yield a window of the browser, and close it."""
    window: Window = Firefox(program) if name == "firefox" else WebKit(program)
    try:
        yield window
    finally:
        window.close()


def until(look: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> Any:
    """Return the first true value of ``look``.

    Raises
    ------
    AssertionError
        If there is none in time.
    """
    deadline_s = time.monotonic() + patience_s
    while time.monotonic() < deadline_s:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {patience_s:g} s: {what}")
