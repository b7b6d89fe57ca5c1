"""What the worker looks after once a minute."""

import asyncio
import logging
from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)
CHORES_EVERY_S = 60.0


async def keep_doing(chores: Sequence[Callable[[], object]]) -> None:
    """Do each of ``chores`` in a thread, every minute; one that fails does not keep the others from it."""
    while True:
        for chore in chores:
            try:
                await asyncio.to_thread(chore)
            except Exception as error:
                logger.warning("a chore failed (%s); trying on", type(error).__name__)
        await asyncio.sleep(CHORES_EVERY_S)
