"""Finds rubrics: those that ship with Aila, and the installation's own."""

from functools import cached_property
from pathlib import Path

from question_bank.yaml_file import canonical_hash, version_order
from scoring.errors import RubricError, UnknownRubric
from scoring.loading import load_rubric_file
from scoring.rubric import Rubric

SHIPPED_RUBRICS = Path(__file__).parent / "rubrics"


class RubricLibrary:
    """All rubrics in the shipped folder and in ``extra_dir``, read once."""

    def __init__(self, extra_dir: Path | None = None) -> None:
        self._extra_dir = extra_dir

    @cached_property
    def _rubrics(self) -> dict[tuple[str, str], Rubric]:
        folders = [SHIPPED_RUBRICS] + ([self._extra_dir] if self._extra_dir else [])
        rubrics: dict[tuple[str, str], Rubric] = {}
        # The shipped ones first: of two with the same version, the installation's own file is to be mended.
        for path in [path for folder in folders for path in sorted(folder.glob("*.yaml"))]:
            rubric = load_rubric_file(path)
            known = rubrics.setdefault((rubric.id, rubric.version), rubric)
            if known != rubric:
                raise RubricError(
                    f"{rubric.id} {rubric.version} exists with other content; give this one a new version",
                    path,
                )
        return rubrics

    def load(self, rubric_id: str, version: str | None = None) -> Rubric:
        """Return a rubric; ``version`` None is the newest. Raises UnknownRubric."""
        versions = [key for key in self._rubrics if key[0] == rubric_id and version in (None, key[1])]
        if not versions:
            known = ", ".join(f"{i} {v}" for i, v in sorted(self._rubrics))
            wanted = f"{rubric_id!r}{f' {version}' if version else ''}"
            raise UnknownRubric(f"there is no rubric {wanted}; known: {known}")
        return self._rubrics[max(versions, key=lambda key: version_order(key[1]))]

    def list(self) -> list[Rubric]:
        """Return all rubrics by id, newest version first."""
        newest_first = sorted(self._rubrics.values(), key=lambda r: version_order(r.version), reverse=True)
        return sorted(newest_first, key=lambda rubric: rubric.id)


def rubric_hash(rubric: Rubric) -> str:
    """Return ``sha256:…`` over a rubric's content."""
    return canonical_hash(rubric)
