"""``aila simulate``."""

import json

import typer
from typer.testing import CliRunner

from agent.interview.simulated_candidates import PERSONAS
from cli.simulate import simulate

app = typer.Typer()
app.command()(simulate)


def test_json_is_one_object_with_every_candidate_and_a_summary() -> None:
    result = CliRunner().invoke(app, ["--candidates", "4", "--bank", "demo", "--json", "--seed", "2"])
    assert result.exit_code == 0
    payload = json.loads(result.stdout)
    assert payload["bank"] == {"id": "demo", "version": "1.0.0"}
    assert [c["persona"] for c in payload["candidates"]] == list(PERSONAS)[:4]
    assert payload["summary"]["candidates"] == 4
    assert payload["summary"]["end_reasons"] == {"completed": 4}
    assert all(c["duration_s"] > 30 for c in payload["candidates"])


def test_the_table_names_each_candidate_and_the_total() -> None:
    result = CliRunner().invoke(app, ["-n", "2", "--bank", "demo"])
    assert result.exit_code == 0
    assert "usual" in result.stdout
    assert "2 candidates" in result.stdout


def test_an_unknown_bank_is_an_error_that_names_the_known_ones() -> None:
    result = CliRunner().invoke(app, ["--bank", "nowhere"])
    assert result.exit_code == 2
    assert "there is no bank 'nowhere'" in result.stderr
    assert "behavioural 1.0.0" in result.stderr
