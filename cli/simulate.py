"""``aila simulate``: scripted candidates through the interview core, on a virtual clock."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from typing import Annotated, Any

import typer

from agent.interview.simulated_candidates import PERSONAS
from agent.interview.simulation_outcome import Outcome
from agent.interview.simulation_outcome import simulate as hold
from question_bank.errors import BankError
from question_bank.library import BankLibrary
from records.settings import RecordsSettings


def simulate(
    candidates: Annotated[
        int, typer.Option("--candidates", "-n", min=1, max=10_000, help="How many, of all kinds in turn.")
    ] = len(PERSONAS),
    bank: Annotated[
        str, typer.Option("--bank", help="Question bank: its id, or ID@VERSION.")
    ] = "behavioural",
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same interviews.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
    data: Annotated[Path | None, typer.Option("--data", help="Data folder with banks of your own.")] = None,
) -> None:
    """Hold interviews with scripted candidates; nothing is stored and no time passes."""
    bank_id, _, version = bank.partition("@")
    try:
        loaded = BankLibrary((data or RecordsSettings().data) / "banks").load(bank_id, version or None)
    except BankError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    personas = list(PERSONAS.items())
    outcomes = []
    for number in range(candidates):
        name, behaviour = personas[number % len(personas)]
        outcomes.append(hold(loaded, name, behaviour, seed + number))
    summary = summarise(outcomes)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "bank": {"id": loaded.id, "version": loaded.version},
                    "candidates": [asdict(outcome) for outcome in outcomes],
                    "summary": summary,
                }
            )
        )
        return
    for line in _table(outcomes, summary):
        typer.echo(line)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return totals over all interviews."""
    return {
        "candidates": len(outcomes),
        "end_reasons": dict(Counter(outcome.end_reason for outcome in outcomes)),
        "mean_duration_s": round(mean(outcome.duration_s for outcome in outcomes), 1),
        "answers": sum(outcome.answers for outcome in outcomes),
        "follow_ups": sum(outcome.follow_ups for outcome in outcomes),
        "reminders": sum(outcome.reminders for outcome in outcomes),
        "cut_offs": sum(outcome.cut_offs for outcome in outcomes),
    }


def _table(outcomes: Sequence[Outcome], summary: dict[str, Any]) -> list[str]:
    heading = f"{'candidate':<16}{'questions':>10}{'answered':>9}{'follow-ups':>11}{'reminders':>10}"
    heading += f"{'minutes':>9}{'cut off':>8}  ended"
    rows = [
        f"{o.persona:<16}{len(o.questions):>10}{o.answers:>9}{o.follow_ups:>11}{o.reminders:>10}"
        f"{o.duration_s / 60:>9.1f}{o.cut_offs:>8}  {o.end_reason}"
        for o in outcomes
    ]
    total = (
        f"{summary['candidates']} candidates, {summary['answers']} answers, "
        f"{summary['follow_ups']} follow-ups, {summary['reminders']} reminders, "
        f"cut off {summary['cut_offs']} times, {summary['mean_duration_s'] / 60:.1f} minutes on average"
    )
    return [heading, *rows, "", total]
