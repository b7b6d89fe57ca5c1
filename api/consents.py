"""The text that candidates agree to, and what of it is needed for an interview."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from api.problems import ConsentWithheld
from api.schemas import FieldProblem
from api.schemas_candidate import ConsentItem, ConsentsGiven, ConsentText

_FILE = Path(__file__).with_name("consents.yaml")


@cache
def _template() -> ConsentText:
    content = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
    return ConsentText.model_validate(content)


def consent_version() -> str:
    """Return the version of the text that is shown now."""
    return _template().version


def consent_text(company: str, minutes: int, retention_days: int) -> ConsentText:
    """Return the text with the company's name, the interview's length and the time things are kept."""
    values = {"company": company, "minutes": str(minutes), "retention_days": str(retention_days)}

    def fill(text: str) -> str:
        return text.strip().format_map(values)

    template = _template()
    return ConsentText(
        version=template.version,
        introduction=tuple(fill(paragraph) for paragraph in template.introduction),
        items=tuple(
            ConsentItem(
                id=item.id,
                required=item.required,
                title=fill(item.title),
                body=fill(item.body),
                without_it=fill(item.without_it),
            )
            for item in template.items
        ),
    )


def require_consents(given: ConsentsGiven) -> None:
    """Check that what an interview cannot do without was agreed to.

    Raises
    ------
    ConsentWithheld
        Naming each consent that is missing.
    """
    missing = [item for item in _template().items if item.required and not getattr(given, item.id)]
    if missing:
        raise ConsentWithheld(
            "Without your agreement to be interviewed by Aila there is no interview, and nothing was stored.",
            errors=[
                FieldProblem(field=f"consents.{item.id}", message="This was not agreed to.", expected="true")
                for item in missing
            ],
        )
