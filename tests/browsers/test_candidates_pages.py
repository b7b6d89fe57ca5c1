"""Candidates' pages in Firefox and WebKitGTK; what either cannot do is said, and typing is offered."""

import pytest

from tests.browsers.window import Window, until
from tests.e2e.stack import Stack, eventually

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(400)]
ANSWER = (
    "Last autumn I helped a colleague with a delivery. I called the customer myself, and we were in time."
)
TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


def begin(window: Window, stack: Stack, name: str, way: str) -> str:
    """Open an invitation, agree, and go on; return the invitation's token."""
    token = stack.invite(name)
    window.open(f"{stack.url}/i/{token}")
    window.shows(f"Hello {name}")
    window.keep_picture("trust")
    window.labelled("I agree to be interviewed by Aila").click()
    window.labelled(way).click()
    return token


def test_the_typed_way_from_the_invitation_to_the_deletion(stack: Stack, window: Window) -> None:
    token = begin(window, stack, f"Ty {window.name}", "By typing")
    window.button("Start typing").click()
    window.shows("helped a colleague who was struggling")
    window.labelled("Your answer").send_keys(ANSWER)
    window.button("Send").click()
    eventually(
        lambda: ANSWER in stack.said_by_candidate(stack.session_id(token) or ""), "the answer is stored"
    )
    window.shows(ANSWER)
    window.keep_picture("typed")
    window.button("Leave").click()
    window.button("End the interview").click()
    window.shows("You ended the interview")
    window.button("Read what was said").click()
    window.shows(ANSWER)
    window.keep_picture("afterwards")
    window.button("Delete everything").click()
    window.button("Yes, delete everything").click()
    window.shows("Everything was deleted")


def test_the_devices_are_checked_or_it_is_said_why_not(stack: Stack, window: Window) -> None:
    begin(window, stack, f"Dee {window.name}", "By talking")
    window.button("Continue").click()
    window.shows("Let’s check your sound")
    window.button("Turn on the microphone").click()
    # Firefox makes a microphone up, and plays it where there is a sound card; MiniBrowser has none at all.
    window.shows("We hear" if window.name == "firefox" else "icrophone")
    window.keep_picture("devices")
    assert window.button("Type my answers instead").is_enabled()


@pytest.mark.parametrize(("language", "tag"), [("Deutsch", "de"), ("English", "en")])
def test_nothing_is_wider_than_a_phone(stack: Stack, window: Window, language: str, tag: str) -> None:
    window.resize(500, 800)  # the narrowest that every window manager allows
    window.open(f"{stack.url}/i/{stack.invite('Nar Row')}")
    window.shows("Nar Row")
    window.driver.find_elements("css selector", ".language-switch select")[0].send_keys(language)
    until(lambda: window.run("return document.documentElement.lang") == tag, f"the page is in {language}")
    assert window.run(TOO_WIDE) == 0
    window.resize(1280, 900)
