"""A candidate who has no mouse, and what a screen reader is told on the way."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

HEARD = Path("test-results/screen-reader")
MOST_STOPS = 60

_FOCUSED = """() => {
  const e = document.activeElement;
  if (e === null || e === document.body) return null;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {
    what: `${e.tagName.toLowerCase()} "${(e.ariaLabel ?? e.textContent).trim().slice(0, 40)}"`,
    marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: hit !== null && (e.contains(hit) || hit.contains(e)),
  };
}"""


class Keyboard:
    """Goes through pages by Tab, arrows, Space and Enter; notes stops that cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def go_to(self, target: Locator) -> None:
        """Press Tab until ``target`` has the focus.

        Raises
        ------
        AssertionError
            If it is not reached within sixty stops.
        """
        for _ in range(MOST_STOPS):
            if target.evaluate("(e) => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            self._note_stop()
        raise AssertionError(f"not reached by Tab: {target}")

    def press(self, name: str, key: str = "Enter", *, exact: bool = False) -> None:
        """Go to a button and press it."""
        self.go_to(self.page.get_by_role("button", name=name, exact=exact))
        self.page.keyboard.press(key)

    def hear(self, name: str) -> str:
        """Return what a screen reader finds on the page (its accessibility tree), and keep it."""
        heard = self.page.locator("body").aria_snapshot()
        HEARD.mkdir(parents=True, exist_ok=True)
        (HEARD / f"{name}.yaml").write_text(heard + "\n", encoding="utf-8")
        return heard

    def arrives(self, heading: str) -> None:
        """Expect a new page, read from its beginning: the focus is on its main part."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        expect(self.page.locator("main")).to_be_focused()

    def _note_stop(self) -> None:
        stop = self.page.evaluate(_FOCUSED)
        if stop is not None and not stop["marked"]:
            self.faults.append(f"the focus is not marked on {stop['what']}")
        if stop is not None and not stop["seen"]:
            self.faults.append(f"the focus is covered on {stop['what']}")
