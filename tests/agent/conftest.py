"""One running voice body for all tests of this folder."""

from collections.abc import Iterator

import pytest

from cli import ports
from tests.agent.stack import VoiceStack, voice_stack


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoiceStack]:
    port = ports.choose(None, 21_880, ports.LIVEKIT_PROTOCOLS, what="the tests' livekit-server")
    with voice_stack(tmp_path_factory.mktemp("voice"), port) as running:
        yield running
