"""Says in plain words which field of a request is wrong, and what would be right."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.schemas import FieldProblem

_BY_TYPE = {
    "missing": ("This field is missing.", None),
    "extra_forbidden": ("This field is unknown.", "only the fields that /openapi.json lists"),
    "string_type": ("This is not a string.", "a string"),
    "int_type": ("This is not a whole number.", "a whole number"),
    "int_from_float": ("This is not a whole number.", "a whole number"),
    "int_parsing": ("This is not a whole number.", "a whole number"),
    "float_type": ("This is not a number.", "a number"),
    "bool_type": ("This is neither true nor false.", "true or false"),
    "dict_type": ("This is not an object.", "a JSON object"),
    "list_type": ("This is not a list.", "a JSON array"),
    "tuple_type": ("This is not a list.", "a JSON array"),
    "model_type": ("This is not an object.", "a JSON object"),
    "model_attributes_type": (
        "This is not an object.",
        "a JSON object, sent with Content-Type: application/json",
    ),
    "json_invalid": ("The body is not valid JSON.", "a JSON object"),
}
_BOUNDS = {
    "string_too_short": ("This is too short.", "at least {min_length} characters"),
    "string_too_long": ("This is too long.", "at most {max_length} characters"),
    "string_pattern_mismatch": ("This has not the right form.", "text matching {pattern}"),
    "literal_error": ("This is not one of the allowed values.", "{expected}"),
    "enum": ("This is not one of the allowed values.", "{expected}"),
    "greater_than_equal": ("This is too small.", "at least {ge}"),
    "less_than_equal": ("This is too large.", "at most {le}"),
    "greater_than": ("This is too small.", "more than {gt}"),
    "less_than": ("This is too large.", "less than {lt}"),
    "too_short": ("There are too few entries.", "at least {min_length}"),
    "too_long": ("There are too many entries.", "at most {max_length}"),
}


def _field(location: Sequence[Any]) -> str:
    parts = [str(part) for part in location]
    if len(parts) > 1 and parts[0] in {"body", "query", "path", "header", "cookie"}:
        parts = parts[1:]
    return ".".join(parts)


def field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """Return one of pydantic's errors in plain words, without the value that was sent."""
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "json_invalid":
        message = f"Not JSON: {context.get('error')}."
        return FieldProblem(field="body", message=message, expected="a JSON object")
    if kind in _BY_TYPE:
        message, expected = _BY_TYPE[kind]
    elif kind in _BOUNDS:
        message, template = _BOUNDS[kind]
        expected = template.format_map({**context})
    else:
        message, expected = str(error["msg"]).removeprefix("Value error, "), None
    return FieldProblem(field=_field(error["loc"]), message=message, expected=expected)


def field_problems(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    """Return pydantic's errors in plain words, at most 20 of them."""
    return [field_problem(error) for error in errors[:20]]
