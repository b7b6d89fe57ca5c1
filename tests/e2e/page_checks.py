"""What is asked of every page in every state: no axe violation, nothing cut off, a picture kept."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

AXE = Path("web_client/node_modules/axe-core/axe.min.js")
PICTURES = Path("test-results/pages")
SIZES = {
    "360x640": (360, 640, ("light", "dark")),
    "390x844": (390, 844, ("light",)),
    "1280x800": (1280, 800, ("light", "dark")),
}
"""Width, height, and the colour schemes that are looked at."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOTION_SETTLES_MS = 150

_TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > wide + 1)
    .slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
}"""
_CUT_OFF = """() => [...document.querySelectorAll('button, .button, label, h1, h2, .chip, .call__state')]
  .filter((e) => e.checkVisibility() && !e.closest('.visually-hidden, [data-may-clip]')
    && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map((e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`)"""


@dataclass
class PageChecks:
    """Looks at a page at every size and in both colour schemes; remembers what was wrong."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def look(self, name: str, *, one_screen: bool = False) -> None:
        """Check and photograph the page as it is; ``one_screen``: it may not scroll at any size."""
        before = self.page.viewport_size
        for size, (width, height, schemes) in SIZES.items():
            self.page.set_viewport_size({"width": width, "height": height})
            for scheme in schemes:
                self.page.emulate_media(color_scheme=scheme)
                self.page.wait_for_timeout(MOTION_SETTLES_MS)
                where = f"{name} at {size}, {scheme}"
                self._photograph(name, size, scheme)
                if scheme == "light":
                    self._check_layout(where, one_screen)
                if size != "390x844":
                    self._check_with_axe(where)
        self.page.emulate_media(color_scheme="light")
        if before is not None:
            self.page.set_viewport_size(before)

    def _photograph(self, name: str, size: str, scheme: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{size}-{scheme}.png", full_page=True)

    def _check_layout(self, where: str, one_screen: bool) -> None:
        self.faults += [f"{where}: wider than the screen: {e}" for e in self.page.evaluate(_TOO_WIDE)]
        self.faults += [f"{where}: cut off: {e}" for e in self.page.evaluate(_CUT_OFF)]
        if one_screen and self.page.evaluate(
            "document.documentElement.scrollHeight > document.documentElement.clientHeight"
        ):
            self.faults.append(f"{where}: scrolls")

    def _check_with_axe(self, where: str) -> None:
        if not self.page.evaluate("typeof window.axe === 'object'"):
            # Not as a script tag: the pages' content security policy allows none of that kind.
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES
        )
        for violation in found["violations"]:
            places = "; ".join(str(node["target"][-1]) for node in violation["nodes"][:3])
            self.faults.append(f"{where}: axe {violation['id']}: {places}")
