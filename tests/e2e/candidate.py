"""A candidate at a browser, doing what candidates do."""

import base64
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from records.events import UtteranceStarted
from tests.e2e.stack import Stack, eventually
from tests.e2e.voices import Speech, word_error_rate

MICROPHONE = Path(__file__).with_name("microphone.js")
SCREENSHOTS = Path("test-results")
TURN_TIMEOUT_S = 150.0
EXPECTS_AN_ANSWER = frozenset({"question", "follow_up", "practice", "reminder"})


class Candidate:
    """One person with one invitation."""

    def __init__(self, stack: Stack, context: BrowserContext, name: str, *, own_voice: bool = True) -> None:
        self.stack, self.name = stack, name
        self.token = stack.invite(name)
        if own_voice:
            context.add_init_script(path=MICROPHONE)
        self.page: Page = context.new_page()
        self._turns_taken: set[str] = set()
        self.typing = False

    @property
    def session_id(self) -> str:
        return eventually(lambda: self.stack.session_id(self.token), f"{self.name} has joined")

    def open(self) -> None:
        self.page.goto(f"{self.stack.url}/i/{self.token}")

    def agree(self, way: str, *, recording: bool = True) -> None:
        """Tick the consents, choose "By talking" or "By typing", and go on."""
        self.page.get_by_label("I agree to be interviewed by Aila").check()
        if recording:
            self.page.get_by_label("I agree that the sound of the interview is recorded").check()
        self.page.get_by_label(way).check()
        self.typing = way == "By typing"
        self.page.get_by_role("button", name="Start typing" if way == "By typing" else "Continue").click()

    def check_microphone(self, hello: Speech | None = None) -> None:
        """Turn on the microphone on the device page and start; ``hello`` is read aloud and shown in words."""
        self.page.get_by_role("button", name="Turn on the microphone").click()
        if hello is not None:
            self.page.get_by_role("button", name="Read it aloud").click()
            self.say(hello)
            expect(self.page.get_by_text("We hear you well.")).to_be_visible()
            self.page.get_by_role("button", name="I have read it").click()
            # It is another sentence than the one that is shown.
            expect(self.page.get_by_text("Aila understands little.")).to_be_visible(timeout=30_000)
            heard = self.page.get_by_text("Aila heard:").inner_text().removeprefix("Aila heard:")
            assert word_error_rate(hello.text, heard) <= 0.5, heard
        self.page.get_by_role("button", name="Start the interview").click()

    def begin_talking(self, hello: Speech | None = None) -> None:
        """Go from the invitation into the call."""
        self.open()
        self.agree("By talking")
        self.check_microphone(hello)

    def forget_turns(self) -> None:
        """Let only what Aila says from now on count as a new turn."""
        events = self.stack.events(self.session_id)
        self._turns_taken |= {e.turn_id for e in events if isinstance(e, UtteranceStarted)}

    def come_back(self) -> None:
        """Reload the page and go on with the interview."""
        self.forget_turns()
        self.page.reload()
        self.page.get_by_role("button", name="Go on with the interview").click()

    def say(self, speech: Speech) -> None:
        """Say something to its end."""
        self.page.evaluate("(wav) => window.ailaTest.say(wav)", _encoded(speech))

    def begin_to_say(self, speech: Speech) -> None:
        """Start saying something and return at once."""
        self.page.evaluate("(wav) => { void window.ailaTest.say(wav); }", _encoded(speech))

    def hush(self) -> None:
        self.page.evaluate("window.ailaTest.hush()")

    def press(self, name: str) -> None:
        self.page.get_by_role("group", name="Interview controls").get_by_role("button", name=name).click()

    def next_turn(self) -> UtteranceStarted:
        """Wait until Aila has asked something new and listens; return what she asked."""
        asked = self.next_turn_or_goodbye()
        if asked is None:
            raise AssertionError("Aila said goodbye instead of asking")
        return asked

    def next_turn_or_goodbye(self) -> UtteranceStarted | None:
        """Wait for Aila's next question; None if she says goodbye instead."""
        said = eventually(self._newly_said, f"{self.name}'s next turn", TURN_TIMEOUT_S)
        if said.kind == "closing":
            return None
        self._turns_taken.add(said.turn_id)
        if not self.typing:
            expect(self.page.get_by_text("Your turn. Take your time.")).to_be_visible(timeout=60_000)
        return said

    def words_stored(self) -> int:
        """Return how many of the candidate's words are in the record."""
        return len(self.stack.said_by_candidate(self.session_id).split())

    def wait_until_stored(self, words: int) -> None:
        """Wait until at least so many of the candidate's words are in the record."""
        eventually(lambda: self.words_stored() >= words, f"{words} words of {self.name} stored", 90)

    def send(self, text: str) -> None:
        """Type an answer and send it."""
        self.page.get_by_label("Your answer").fill(text)
        self.page.get_by_role("button", name="Send").click()

    def wait_until_over(self) -> None:
        """Wait for the closing page, then for the scores."""
        thanks = self.page.get_by_role("heading", name="Thank you for talking with Aila")
        thanks.wait_for(timeout=TURN_TIMEOUT_S * 1000)
        eventually(lambda: self.stack.status(self.session_id) == "scored", "scores", 60)

    def leave(self) -> None:
        """End the interview with the button."""
        self.page.get_by_role("button", name="Leave").click()
        self.page.get_by_role("button", name="End the interview").click()
        eventually(lambda: self.stack.status(self.session_id) == "scored", "scores", 60)

    def captions(self, speaker: str) -> Locator:
        return self.page.locator(f'.aside-captions__list [data-speaker="{speaker}"]')

    def screenshot(self, name: str) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def _newly_said(self) -> UtteranceStarted | None:
        events = self.stack.events(self.session_id)
        said = [e for e in events if isinstance(e, UtteranceStarted)]
        if not said or said[-1].turn_id in self._turns_taken:
            return None
        if said[-1].kind == "closing":
            return said[-1]
        if said[-1].kind not in EXPECTS_AN_ANSWER:
            return None
        floor = self.stack.interview(self.session_id).progress(events[-1].at_s).floor
        return said[-1] if floor == "candidate" else None


def _encoded(speech: Speech) -> str:
    return base64.b64encode(speech.path.read_bytes()).decode()
