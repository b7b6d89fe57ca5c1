"""Says in plain words what is wrong with a value in a file that people or programs write."""

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

SHOWN_CHARACTERS = 60
_OF_A_KIND = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of fields",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
}


def worst(errors: Iterable[ErrorDetails]) -> ErrorDetails:
    """Return the fault to name first.

    A misspelt field is also a missing one: what is there and wrong is more use than what is not.
    """
    return min(errors, key=lambda error: error["type"] != "extra_forbidden")


def place(location: tuple[int | str, ...], whole: str) -> str:
    """Return the name of a place in a file, "turns.1.kind"; ``whole`` if it is the whole file."""
    return ".".join(printable(str(part)) for part in location) or whole


def explained(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Return what is wrong, what is expected instead, and what was there."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "this field is missing"
    if kind == "extra_forbidden":
        known = _fields_at(model, error["loc"][:-1])
        return f"unknown field; expected one of {', '.join(known)}" if known else "unknown field"
    if kind == "value_error":
        # Written in Aila's own code, about values that were read.
        return str(context.get("error", error["msg"]))
    if kind == "repeated_turn_id":
        return printable(error["msg"])
    if kind == "union_tag_not_found":
        return f"the field {context['discriminator']} is missing"
    return f"expected {_expected(kind, context, error['msg'])} (got {_short(error['input'])})"


def printable(text: str) -> str:
    """Return ``text`` with control characters written out, so that it cannot steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _expected(kind: str, context: dict[str, Any], message: str) -> str:
    if kind in _OF_A_KIND:
        return _OF_A_KIND[kind]
    match kind:
        case "literal_error":
            return str(context["expected"])
        case "union_tag_invalid":
            return f"{context['discriminator']} to be one of {context['expected_tags']}"
        case "greater_than_equal":
            return f"at least {context['ge']:g}"
        case "greater_than":
            return f"more than {context['gt']:g}"
        case "less_than_equal":
            return f"at most {context['le']:g}"
        case "less_than":
            return f"less than {context['lt']:g}"
        case "string_too_short":
            return f"at least {_counted(context['min_length'], 'character')}"
        case "string_too_long":
            return f"at most {_counted(context['max_length'], 'character')}"
        case "too_short":
            return f"at least {_counted(context['min_length'], 'entry', 'entries')}"
        case "too_long":
            return f"at most {_counted(context['max_length'], 'entry', 'entries')}"
        case "string_pattern_mismatch":
            return f"text of the form {context['pattern']}"
    return message[:1].lower() + message[1:]


def _counted(count: int, singular: str, plural: str | None = None) -> str:
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def _short(value: Any) -> str:
    if isinstance(value, dict | list | tuple) and len(value) > 3:
        return f"{'a mapping' if isinstance(value, dict) else 'a list'} of {len(value)}"
    shown = "null" if value is None else repr(value)
    return shown if len(shown) <= SHOWN_CHARACTERS else shown[: SHOWN_CHARACTERS - 1] + "…"


def _fields_at(annotation: Any, location: tuple[int | str, ...]) -> list[str]:
    """Return the fields of the model that ``location`` leads to; none if it cannot be told."""
    for part in location:
        models = _models_in(annotation)
        if isinstance(part, int):
            continue  # a place in a list: its annotation names the same model
        fields = [model.model_fields[part] for model in models if part in model.model_fields]
        if not fields:
            return []
        annotation = fields[0].annotation
    found = _models_in(annotation)
    return [field.alias or name for name, field in found[0].model_fields.items()] if len(found) == 1 else []


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]
