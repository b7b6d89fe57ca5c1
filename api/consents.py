"""The text that candidates agree to, in each language of their pages, and what of it is needed."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator
from ruamel.yaml import YAML

from api.problems import ConsentTextChanged, ConsentWithheld
from api.schemas import FieldProblem
from api.schemas_candidate import ConsentId, ConsentItem, ConsentsGiven, ConsentText

_FILE = Path(__file__).with_name("consents.yaml")
DEFAULT_LANGUAGE = "en"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Item(_Strict):
    id: ConsentId
    required: bool
    offered: Literal["always", "camera"] = "always"


class _ItemText(_Strict):
    title: str
    body: str
    without_it: str


class _Filming(_Strict):
    without: str
    possible: str


class _Text(_Strict):
    filming: _Filming
    video_avatar: str
    introduction: tuple[str, ...]
    items: dict[ConsentId, _ItemText]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the text depends on, beside numbers and names."""

    camera: bool = False
    """Whether the position lets candidates film themselves."""
    video_avatar_provider: str | None = None
    """Who shows Aila's face as video; None: nobody, it is drawn in the browser."""

    @property
    def version_suffix(self) -> str:
        camera = "+camera" if self.camera else ""
        return camera + ("+video-avatar" if self.video_avatar_provider else "")


USUAL = Circumstances()


class _Template(_Strict):
    version: str
    items: tuple[_Item, ...]
    texts: dict[str, _Text]

    @model_validator(mode="after")
    def _every_item_in_every_language(self) -> "_Template":
        ids = {item.id for item in self.items}
        for language, text in self.texts.items():
            if set(text.items) != ids:
                raise ValueError(f"the texts in {language!r} are not those of {sorted(ids)}")
        if DEFAULT_LANGUAGE not in self.texts:
            raise ValueError(f"there is no text in {DEFAULT_LANGUAGE!r}")
        return self


@cache
def _template() -> _Template:
    return _Template.model_validate(YAML(typ="safe").load(_FILE.read_text(encoding="utf-8")))


def consent_version(circumstances: Circumstances = USUAL) -> str:
    """Return the version of the text that is shown now."""
    return _template().version + circumstances.version_suffix


def offered_consents(circumstances: Circumstances = USUAL) -> tuple[ConsentId, ...]:
    """Return what there is to agree to."""
    return tuple(item.id for item in _offered(circumstances))


def _offered(circumstances: Circumstances) -> list[_Item]:
    return [item for item in _template().items if item.offered == "always" or circumstances.camera]


def consent_languages() -> tuple[str, ...]:
    """Return the languages (BCP 47) that the text is there in."""
    return tuple(_template().texts)


def consent_text(
    company: str,
    retention_days: int,
    language: str = DEFAULT_LANGUAGE,
    circumstances: Circumstances = USUAL,
) -> ConsentText:
    """Return the text with the company's name and the time things are kept.

    In ``language`` (BCP 47; a region is ignored), or in English where it is not there in that.
    """
    template = _template()
    base = language.split("-")[0].lower()
    shown = base if base in template.texts else DEFAULT_LANGUAGE
    text = template.texts[shown]
    values = {
        "company": company,
        "retention_days": str(retention_days),
        "filming": (text.filming.possible if circumstances.camera else text.filming.without).strip(),
        "provider": circumstances.video_avatar_provider or "",
    }

    def fill(text: str) -> str:
        return text.strip().format_map(values)

    introduction = list(text.introduction)
    if circumstances.video_avatar_provider is not None:
        # Beside who hears the candidate, before what to keep in mind while answering.
        introduction.insert(-1, text.video_avatar)
    return ConsentText(
        version=consent_version(circumstances),
        language=shown,
        introduction=tuple(fill(paragraph) for paragraph in introduction),
        items=tuple(
            ConsentItem(
                id=item.id,
                required=item.required,
                title=fill(text.items[item.id].title),
                body=fill(text.items[item.id].body),
                without_it=fill(text.items[item.id].without_it),
            )
            for item in _offered(circumstances)
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


def require_text_that_was_shown(
    version: str, language: str, stored_versions: set[str], circumstances: Circumstances = USUAL
) -> None:
    """Check that what was agreed to is the present text, or one that this candidate has agreed to before.

    Raises
    ------
    ConsentTextChanged
        If the text was changed between reading it and agreeing to it, or never was there.
    """
    known = version == consent_version(circumstances) or version in stored_versions
    if not known or language not in _template().texts:
        raise ConsentTextChanged(
            f"The text to agree to is version {consent_version(circumstances)}, "
            f"in {', '.join(consent_languages())}: "
            f"not {version!r} in {language!r}. Read the invitation again."
        )
