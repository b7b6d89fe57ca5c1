"""What an installation has done once before its first interview."""

from agent.ready_utterances import in_order_of_use
from agent.speech.voice import VoiceClient
from question_bank.bank import Bank
from tests.agent.stack import VoiceStack


async def ready_voice(stack: VoiceStack, bank: Bank) -> None:
    """Have everything synthesised that Aila may say with ``bank``."""
    client = VoiceClient(stack.installation.run_dir / "voice.sock", stack.installation.cache_dir / "voice")
    for text in in_order_of_use(bank):
        async for _ in client.synthesise(text):
            pass
