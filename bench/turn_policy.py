"""Cut-offs against delay: Aila's turn policy beside fixed silences, replayed on real answers with pauses.

Pauses: log-normal, median 0.5 s, 95th percentile 2.0 s, at most 2.5 s; 40 % after sentences, 30 % after
fillers, 20 % in mid-clause (half of them with a full stop that the recogniser invented), 10 % after commas;
one to every twenty words, three at least and six at most. A second condition gives every person a pace of
their own (pauses longer or shorter by a factor whose logarithm has a deviation of 0.4; still at most 2.5 s).
Pauses and lengths that a candidate has shown in earlier answers are known, as in an interview: pauses of
1.2 s or more, for shorter ones do not reach the core. 0.12 s, as measured by voice, are added for everything
but the decision. The numbers of the policy were chosen on the persons with even numbers and seeds 0 to 2;
`unseen` are the others with other seeds.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from random import Random
from statistics import mean, median

from agent.interview import answering, turn_policy
from agent.interview.pacing import LENGTH_PRIOR, LENGTH_RANGE

ANSWERS = Path(__file__).parent.parent / "tests" / "data" / "siop2024" / "answers.csv"
RESULTS = Path("bench-results")
WORDS_PER_S = 2.4
LONGEST_PAUSE_S = 2.5
REACHES_CORE_S = 1.2
OVERHEAD_S = 0.12
EXPECTED_S = 60.0
SEEN_SEEDS, UNSEEN_SEEDS = range(3), range(100, 108)
FILLERS = (" um", " uh", " so", " and", " um,", " and then")
FIXED_S = (0.8, 1.0, 1.3, 1.6, 2.0, 2.2, 2.51)
QUICK_S = (0.7, 1.0, 1.3, 1.8, 2.1)


@dataclass(frozen=True, slots=True)
class Moment:
    """The candidate falls silent: for a pause, or (``pause_s`` None) for good."""

    said: str
    spoken_s: float
    pause_s: float | None


@dataclass(frozen=True, slots=True)
class Known:
    """What an interview knows of the candidate by then."""

    expected_s: float
    pauses_s: tuple[float, ...]
    reopened: int


Policy = Callable[[Moment, Known], float]


@dataclass(frozen=True, slots=True)
class Figures:
    pauses: int
    pauses_cut: float
    answers: int
    answers_cut: float
    delay_p50_s: float
    delay_p95_s: float
    delay_mean_s: float


@dataclass(slots=True)
class Tally:
    cut: list[bool] = field(default_factory=list)
    answers_cut: list[bool] = field(default_factory=list)
    delays_s: list[float] = field(default_factory=list)

    def figures(self) -> Figures:
        ordered = sorted(self.delays_s)
        return Figures(
            len(self.cut),
            mean(self.cut),
            len(self.answers_cut),
            mean(self.answers_cut),
            median(ordered),
            ordered[int(0.95 * len(ordered))],
            mean(ordered),
        )


def persons(parity: int | None = None) -> list[list[str]]:
    """Return each person's answers in their order; ``parity`` 0 or 1 keeps those with even or odd numbers."""
    with ANSWERS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    grouped = [
        (name, [row["answer"] for row in group]) for name, group in groupby(rows, lambda r: r["person"])
    ]
    return [
        [answer for answer in answers if len(answer.split()) > 12]
        for name, answers in grouped
        if parity is None or int(name[1:]) % 2 == parity
    ]


def moments(answer: str, rng: Random, pace: float) -> Iterator[Moment]:
    """Yield an answer's pauses in their order, then its end."""
    words = answer.split()
    sentences = [i + 1 for i, word in enumerate(words[:-1]) if word[-1] in ".!?"]
    commas = [i + 1 for i, word in enumerate(words[:-1]) if word[-1] == ","]
    pauses = []
    for _ in range(min(6, max(3, len(words) // 20))):
        chance, at = rng.random(), rng.randrange(3, len(words) - 2)
        if chance < 0.4 and sentences:
            at = rng.choice(sentences)
        elif chance >= 0.9 and commas:
            at = rng.choice(commas)
        said = " ".join(words[:at])
        if 0.4 <= chance < 0.7:
            said += rng.choice(FILLERS)
        elif 0.7 <= chance < 0.9 and rng.random() < 0.5 and said[-1].isalnum():
            said += "."
        length_s = min(LONGEST_PAUSE_S, pace * rng.lognormvariate(-0.693, 0.843))
        pauses.append(Moment(said, at / WORDS_PER_S, length_s))
    yield from sorted(pauses, key=lambda moment: moment.spoken_s)
    yield Moment(answer, len(words) / WORDS_PER_S, None)


def replay(
    policy: Policy,
    among: list[list[str]],
    seeds: Iterable[int],
    pace_deviation: float,
    expected_s: float = EXPECTED_S,
) -> Figures:
    """Return what ``policy`` cuts off and how long it waits at the ends."""
    tally = Tally()
    for seed in seeds:
        rng = Random(seed)
        for answers in among:
            _one_person(policy, answers, rng, rng.lognormvariate(0.0, pace_deviation), expected_s, tally)
    return tally.figures()


def _one_person(
    policy: Policy, answers: list[str], rng: Random, pace: float, expected_s: float, tally: Tally
) -> None:
    shares: list[float] = []
    pauses_s: list[float] = []
    reopened = 0
    for answer in answers:
        ratio = (LENGTH_PRIOR + sum(shares)) / (LENGTH_PRIOR + len(shares))
        own_s = expected_s * min(max(ratio, LENGTH_RANGE[0]), LENGTH_RANGE[1])
        before = reopened
        for moment in moments(answer, rng, pace):
            patience_s = policy(moment, Known(own_s, tuple(pauses_s[-24:]), reopened))
            if moment.pause_s is None:
                tally.delays_s.append(patience_s + OVERHEAD_S)
                shares.append(moment.spoken_s / expected_s)
                continue
            tally.cut.append(moment.pause_s >= patience_s)
            reopened += tally.cut[-1]
            if moment.pause_s >= REACHES_CORE_S:
                pauses_s.append(moment.pause_s)
        tally.answers_cut.append(reopened > before)


def aila(quick_s: float = turn_policy.QUICK_S) -> Policy:
    """Return Aila's policy; ``quick_s`` trades cut-offs for delay."""

    def policy(moment: Moment, known: Known) -> float:
        return turn_policy.patience_s(
            moment.said,
            moment.spoken_s,
            known.expected_s,
            None,
            known.pauses_s,
            known.reopened,
            quick_s=quick_s,
        )

    return policy


def fixed(silence_s: float) -> Policy:
    """Return the policy of most voice agents: a silence of fixed length."""
    return lambda moment, known: silence_s


def punctuated(moment: Moment, known: Known) -> float:
    """The recogniser's full stop alone: 1.3 s after one, 2.51 s without."""
    return 1.3 if re.search(r"[.!?]$", moment.said) else 2.51


@dataclass(frozen=True, slots=True)
class SoftSounds:
    """How often Aila shows by a sound that she listens, and how soon after an answer anything is heard."""

    per_answer: float
    at_ends: float
    first_sound_p50_s: float
    first_sound_p95_s: float


def soft_sounds(among: list[list[str]], seeds: Iterable[int]) -> SoftSounds:
    """Return what the core's rule for backchannels does to answers that are expected to take half as long."""
    within, at_ends = 0, []
    first_s = []
    answers = 0
    for seed in seeds:
        rng = Random(seed)
        for answer in (answer for person in among for answer in person):
            answers += 1
            last_s: float | None = None
            paused_s = 0.0
            for moment in moments(answer, rng, 1.0):
                patience_s = turn_policy.patience_s(moment.said, moment.spoken_s, EXPECTED_S / 2)
                now_s = moment.spoken_s + paused_s
                paused_s += moment.pause_s or 0.0
                sounds = answering.backchannel_due(moment.said, moment.spoken_s, patience_s, now_s, last_s)
                sounds = sounds and (
                    moment.pause_s is None or moment.pause_s >= answering.BACKCHANNEL_AFTER_S
                )
                last_s = now_s if sounds else last_s
                if moment.pause_s is None:
                    at_ends.append(sounds)
                    first_s.append(OVERHEAD_S + (answering.BACKCHANNEL_AFTER_S if sounds else patience_s))
                else:
                    within += sounds
    ordered = sorted(first_s)
    return SoftSounds(within / answers, mean(at_ends), median(ordered), ordered[int(0.95 * len(ordered))])


def main() -> None:
    report: dict[str, dict[str, object]] = {}
    conditions = (
        ("seen, one pace", persons(0), SEEN_SEEDS, 0.0),
        ("unseen, one pace", persons(1), UNSEEN_SEEDS, 0.0),
        ("unseen, own paces", persons(1), UNSEEN_SEEDS, 0.4),
    )
    policies: list[tuple[str, Policy]] = [("Aila", aila())]
    policies += [(f"Aila, quickest {quick_s} s", aila(quick_s)) for quick_s in QUICK_S]
    policies += [("full stop 1.3, else 2.51 s", punctuated)]
    policies += [(f"silence of {silence_s} s", fixed(silence_s)) for silence_s in FIXED_S]
    for condition, among, seeds, deviation in conditions:
        print(
            f"\n{condition}\n{'policy':<28}{'pauses cut':>11}{'answers cut':>12}"
            f"{'p50':>7}{'p95':>7}{'mean':>7} s"
        )
        for name, policy in policies:
            f = replay(policy, among, seeds, deviation)
            print(
                f"{name:<28}{f.pauses_cut:>11.1%}{f.answers_cut:>12.1%}"
                f"{f.delay_p50_s:>7.2f}{f.delay_p95_s:>7.2f}{f.delay_mean_s:>7.2f}"
            )
            report[f"{condition}: {name}"] = asdict(f)
    sounds = soft_sounds(persons(1), UNSEEN_SEEDS)
    print(
        f"\nsoft sounds, unseen, one pace: {sounds.per_answer:.2f} within an answer, at the end of "
        f"{sounds.at_ends:.0%} of answers; first sound after {sounds.first_sound_p50_s:.2f} s (p50), "
        f"{sounds.first_sound_p95_s:.2f} s (p95)"
    )
    report["soft sounds"] = asdict(sounds)
    print("\nAila, unseen, one pace, by the expected length that the bank states (s)")
    for expected_s in (30.0, 45.0, 60.0, 75.0, 90.0):
        f = replay(aila(), persons(1), UNSEEN_SEEDS, 0.0, expected_s)
        print(
            f"{expected_s:>6.0f}{f.answers_cut:>12.1%}{f.delay_p50_s:>7.2f}{f.delay_p95_s:>7.2f}{f.delay_mean_s:>7.2f}"
        )
        report[f"expected {expected_s:.0f} s"] = asdict(f)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "turn_policy.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
