"""Whether an agent lives is told by a lock, which ends with its process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from records.agent_presence import FOLDER, alive, forget, is_dead

HOLDS = """
import pathlib, sys, time
from records.agent_presence import alive
with alive(pathlib.Path(sys.argv[1]), "agent-AJ_1"):
    print("alive", flush=True)
    time.sleep(600)
"""


def test_an_agent_that_nobody_knows_is_not_called_dead(tmp_path: Path) -> None:
    assert not is_dead(tmp_path, "agent-AJ_0")
    with alive(tmp_path, "agent-AJ_0"):
        assert not is_dead(tmp_path, "agent-AJ_0")
        assert not is_dead(tmp_path, "agent-AJ_9")
    assert not is_dead(tmp_path, "agent-AJ_0"), "it went properly"
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_killed_agent_is_dead_and_a_stopped_one_is_not(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "alive\n"
    os.kill(process.pid, signal.SIGSTOP)
    assert not is_dead(tmp_path, "agent-AJ_1")
    process.kill()
    process.wait()
    assert is_dead(tmp_path, "agent-AJ_1")
    forget(tmp_path, "agent-AJ_1")
    assert not is_dead(tmp_path, "agent-AJ_1")


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    with alive(tmp_path, "../../agent"):
        assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["______agent.alive"]
