"""The whole way without a mouse, and what a screen reader is told; the trees are kept in test-results."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.candidate import Candidate
from tests.e2e.keyboard import Keyboard
from tests.e2e.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]
ANSWER = "Last winter I helped a colleague with the stock count. I sorted the shelves, and we finished early."


def test_the_typed_way_from_the_invitation_to_the_deletion(stack: Stack, context: BrowserContext) -> None:
    candidate = Candidate(stack, context, "Kay Board", own_voice=False)
    candidate.typing = True
    page, keys = candidate.page, Keyboard(candidate.page)
    candidate.open()
    keys.arrives("Hello Kay Board")
    heard = keys.hear("trust")
    for part in ("- banner", "- main", "- contentinfo", 'heading "What you should know" [level=2]'):
        assert part in heard
    keys.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Please tick the agreement")
    keys.go_to(page.get_by_role("checkbox", name="I agree to be interviewed by Aila"))
    page.keyboard.press("Space")
    keys.go_to(page.get_by_role("radio", name="By talking"))
    page.keyboard.press("ArrowDown")
    keys.press("Start typing")
    candidate.next_turn()
    heard = keys.hear("typed")
    assert 'log "Conversation"' in heard
    assert 'textbox "Your answer"' in heard
    assert re.search(r'group "Interview controls":(\n\s+- button "[^"]+".*){5}', heard)
    keys.go_to(page.get_by_role("textbox", name="Your answer"))
    page.keyboard.type(ANSWER)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text(ANSWER)
    candidate.next_turn()
    keys.press("Leave")
    expect(page.get_by_role("dialog", name="Leave the interview?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Leave")).to_be_focused()
    page.keyboard.press("Enter")
    keys.press("End the interview")
    keys.arrives("You ended the interview")
    keys.press("Read what was said")
    assert ANSWER in keys.hear("afterwards").replace("\\", "")
    keys.press("Delete everything")
    keys.hear("afterwards-delete")
    keys.press("Yes, delete everything")
    keys.arrives("Everything was deleted")
    keys.hear("erased")
    assert keys.faults == []
