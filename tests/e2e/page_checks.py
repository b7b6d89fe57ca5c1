"""What is asked of every page in every state: no axe violation, nothing cut off or lost, a picture kept.

Candidates' pages are looked at in German too, and with the text running from right to left.
"""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

AXE = Path("web_client/node_modules/axe-core/axe.min.js")
PICTURES = Path("test-results/pages")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOTION_SETTLES_MS = 150


@dataclass(frozen=True)
class View:
    """One way to look at a page: its size in CSS pixels, and what is checked then."""

    width: int
    height: int
    scheme: str = "light"
    axe: bool = False
    layout: bool = True
    may_scroll: bool = False
    """Whether a page of one screen may scroll here: the screen is smaller than any that is promised."""


VIEWS = {
    "360x640-light": View(360, 640, axe=True),
    "360x640-dark": View(360, 640, "dark", axe=True, layout=False),
    "390x844-light": View(390, 844),
    "1280x800-light": View(1280, 800, axe=True),
    "1280x800-dark": View(1280, 800, "dark", layout=False),
    # 640 pixels at 200 % zoom (WCAG 1.4.4 and 1.4.10).
    "320x400-zoomed": View(320, 400, may_scroll=True),
}
GERMAN = View(360, 640, "dark", axe=True)
RIGHT_TO_LEFT = View(360, 640)

_TOO_WIDE = """() => {
  const root = document.documentElement, wide = root.clientWidth;
  if (root.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > wide + 1 || e.getBoundingClientRect().left < -1)
    .slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
}"""
_CUT_OFF = """() => [...document.querySelectorAll('button, .button, label, h1, h2, .chip, .call__state')]
  .filter((e) => e.checkVisibility() && !e.closest('.visually-hidden, [data-may-clip]')
    && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map((e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`)"""
_OUT_OF_REACH = """() => {
  const dialog = document.querySelector('[role=dialog]');
  const wrong = [...(dialog ?? document).querySelectorAll('button, a[href], input, select, textarea')]
    .filter((e) => e.checkVisibility() && !e.disabled && !e.closest('.visually-hidden'))
    .filter((e) => {
      e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, top, width, height } = e.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return hit === null || !(e.contains(hit) || hit.contains(e) || hit.closest('label')?.control === e);
    })
    .map((e) => `${e.tagName.toLowerCase()} "${(e.ariaLabel ?? e.textContent).trim().slice(0, 40)}"`);
  window.scrollTo(0, 0);
  return wrong;
}"""
# Words that German does not have; what is marked as another language may have them.
_ENGLISH_LEFT = r"""() => {
  const english = /\b(the|and|you|your|with|this|of|please|are|from|have|for|what|when|we)\b/i;
  const said = [[document.documentElement, document.title]];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
        said.push([node, node.getAttribute(name) ?? '']);
      }
    } else said.push([node.parentElement, node.textContent]);
  }
  return said
    .filter(([e, text]) => english.test(text) && e.closest('[lang]')?.lang === 'de')
    .filter(([e]) => !e.closest('script, style, noscript'))
    .map(([, text]) => text.trim().slice(0, 60));
}"""
_SHOW_LANGUAGE = """(language) => window.dispatchEvent(
  new StorageEvent('storage', { key: 'aila.language', newValue: language }))"""
_IS_SHOWN = """(language) => document.documentElement.lang === language
  && !document.querySelector(`main .prose[lang]:not([lang="${language}"])`)"""


@dataclass
class PageChecks:
    """Looks at a page in every view; remembers what was wrong.

    ``for_candidates``: the page is there in German too, and ready for scripts that run from the right.
    """

    page: Page
    for_candidates: bool = False
    faults: list[str] = field(default_factory=list)

    def look(self, name: str, *, one_screen: bool = False) -> None:
        """Check and photograph the page as it is; ``one_screen``: it may not scroll on a promised screen."""
        before = self.page.viewport_size
        for label, view in VIEWS.items():
            self._look_at(name, label, view, one_screen)
        if self.for_candidates:
            self.page.evaluate("document.documentElement.dir = 'rtl'")
            self._look_at(name, "360x640-rtl", RIGHT_TO_LEFT, one_screen)
            self._show_language("de")
            self._look_at(name, "360x640-german", GERMAN, one_screen)
            self._check_language(f"{name} in German")
            self._show_language("en")
        self.page.emulate_media(color_scheme="light")
        if before is not None:
            self.page.set_viewport_size(before)

    def _look_at(self, name: str, label: str, view: View, one_screen: bool) -> None:
        self.page.set_viewport_size({"width": view.width, "height": view.height})
        self.page.emulate_media(color_scheme="dark" if view.scheme == "dark" else "light")
        self.page.wait_for_timeout(MOTION_SETTLES_MS)
        where = f"{name} at {label}"
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{label}.png", full_page=True)
        if view.layout:
            self._check_layout(where, one_screen and not view.may_scroll)
        if view.may_scroll:
            self._fault(where, "out of reach", _OUT_OF_REACH)
        if view.axe:
            self._check_with_axe(where)

    def _show_language(self, language: str) -> None:
        """Switch as a choice in another tab does, and wait until all texts are there."""
        self.page.evaluate(_SHOW_LANGUAGE, language)
        self.page.wait_for_function(_IS_SHOWN, arg=language)

    def _check_layout(self, where: str, one_screen: bool) -> None:
        self._fault(where, "wider than the screen", _TOO_WIDE)
        self._fault(where, "cut off", _CUT_OFF)
        if one_screen and self.page.evaluate(
            "document.documentElement.scrollHeight > document.documentElement.clientHeight"
        ):
            self.faults.append(f"{where}: scrolls")

    def _check_language(self, where: str) -> None:
        self._fault(where, "in English", _ENGLISH_LEFT)

    def _fault(self, where: str, what: str, finding: str) -> None:
        self.faults += [f"{where}: {what}: {found}" for found in self.page.evaluate(finding)]

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
