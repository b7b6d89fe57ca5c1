"""The worker, but its scoring step says that it began and then hangs: to be killed in the middle."""

import time
from pathlib import Path

from worker import main as worker_main
from worker.processing import Processing


class HangingProcessing(Processing):
    """Scores nothing; leaves a file ``run/scoring-begun`` and waits to be killed."""

    def score(self, session_id: str) -> str | None:
        (self._installation.run_dir / "scoring-begun").write_text(session_id)
        while Path("/").exists():
            time.sleep(0.1)
        return None


if __name__ == "__main__":
    worker_main.Processing = HangingProcessing  # type: ignore[misc]
    worker_main.main()
