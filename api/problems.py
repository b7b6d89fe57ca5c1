"""Every error of the api, as RFC 9457 problem documents.

::

    ApiError                    500
    ├── BadRequest              400
    │   └── InvitationForged    400
    ├── NotLoggedIn             401
    ├── Forbidden               403
    │   └── CsrfTokenMissing    403
    ├── NotFound                404
    ├── Conflict                409
    │   ├── ConsentTextChanged  409
    │   ├── InterviewCompleted  409
    │   ├── AnswersFinal        409
    │   ├── MovedOn             409
    │   └── WrongMode           409
    ├── InvitationExpired       410
    │   ├── InvitationRevoked   410
    │   └── InvitationErased    410
    ├── BodyTooLarge            413
    ├── UnsupportedMedia        415
    ├── Unprocessable           422
    │   ├── NotACorrection      422
    │   ├── NothingChanged      422
    │   └── ConsentWithheld     422
    ├── TooManyRequests         429
    └── Unavailable             503
"""

import logging
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.schemas import PROBLEM_MEDIA_TYPE, FieldProblem, Problem
from api.validation import field_problems
from records import errors as records_errors
from records.errors import RecordsError

logger = logging.getLogger(__name__)


class ApiError(Exception):
    """A problem to tell the caller; ``detail`` says what is wrong and what to do about it."""

    status_code = 500
    kind = "internal"
    title = "Something went wrong on our side"

    def __init__(
        self, detail: str, *, errors: Sequence[FieldProblem] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


class BadRequest(ApiError):
    status_code, kind, title = 400, "bad-request", "The request cannot be read"


class InvitationForged(BadRequest):
    kind, title = "invitation-forged", "This is not an invitation of ours"


class NotLoggedIn(ApiError):
    status_code, kind, title = 401, "not-logged-in", "A login is needed"


class Forbidden(ApiError):
    status_code, kind, title = 403, "forbidden", "This login may not do that"


class CsrfTokenMissing(Forbidden):
    kind, title = "csrf-token-missing", "The request does not prove that it comes from our page"


class NotFound(ApiError):
    status_code, kind, title = 404, "not-found", "There is nothing here"


class Conflict(ApiError):
    status_code, kind, title = 409, "conflict", "That does not fit the present state"


class ConsentTextChanged(Conflict):
    kind, title = "consent-text-changed", "The text that was agreed to has changed"


class InterviewCompleted(Conflict):
    kind, title = "interview-completed", "This interview is over"


class AnswersFinal(Conflict):
    kind, title = "answers-final", "These answers can no longer be changed"


class AlreadyAdded(Conflict):
    kind, title = "already-added", "This answer has an added sentence already"


class AmendedMeanwhile(Conflict):
    kind, title = "amended-meanwhile", "This answer was changed meanwhile"


class MovedOn(Conflict):
    kind, title = "moved-on", "Aila has asked something else meanwhile"


class WrongMode(Conflict):
    kind, title = "wrong-mode", "This interview is not a typed one"


class InvitationExpired(ApiError):
    status_code, kind, title = 410, "invitation-expired", "This invitation is no longer valid"


class InvitationRevoked(InvitationExpired):
    kind, title = "invitation-revoked", "This invitation was withdrawn"


class InvitationErased(InvitationExpired):
    kind, title = "invitation-erased", "Everything about this interview was deleted"


class BodyTooLarge(ApiError):
    status_code, kind, title = 413, "body-too-large", "The request is too large"


class UnsupportedMedia(ApiError):
    status_code, kind, title = 415, "unsupported-media", "This kind of file is not accepted"


class Unprocessable(ApiError):
    status_code, kind, title = 422, "invalid", "The request is not valid"


class NotACorrection(Unprocessable):
    kind, title = "not-a-correction", "This changes more than misheard words"


class NothingChanged(Unprocessable):
    kind, title = "nothing-changed", "No word was changed"


class ConsentWithheld(Unprocessable):
    kind, title = "consent-withheld", "There is no interview without this consent"


class TooManyRequests(ApiError):
    status_code, kind, title = 429, "too-many-requests", "Too many attempts"


class Unavailable(ApiError):
    status_code, kind, title = 503, "unavailable", "Not available right now"


def problem_response(error: ApiError) -> Response:
    """Return ``error`` as an ``application/problem+json`` response."""
    problem = Problem(
        type=f"urn:aila:problem:{error.kind}",
        title=error.title,
        status=error.status_code,
        detail=error.detail,
        errors=error.errors or None,
    )
    return Response(
        problem.model_dump_json(exclude=None if problem.errors else {"errors"}),
        status_code=error.status_code,
        media_type=PROBLEM_MEDIA_TYPE,
        headers=error.headers,
    )


class _Http(ApiError):
    """A framework's own refusal: unknown path, method not allowed, ..."""

    def __init__(self, error: HTTPException) -> None:
        super().__init__(_HTTP_DETAILS.get(error.status_code, str(error.detail)), headers=error.headers)
        self.status_code = error.status_code
        self.title = HTTPStatus(error.status_code).phrase
        self.kind = self.title.lower().replace(" ", "-")


_HTTP_DETAILS = {
    400: "The body cannot be read: it is not what its Content-Type says.",
    404: "There is nothing at this address; /openapi.json lists the interface.",
    405: "This address does not take this method; the Allow header lists those it takes.",
}


async def _answer_api_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, ApiError):
        raise error
    return problem_response(error)


_RECORDS_ERRORS: tuple[tuple[type[RecordsError], type[ApiError]], ...] = (
    (records_errors.InvitationForged, InvitationForged),
    (records_errors.InvitationErased, InvitationErased),
    (records_errors.InvitationExpired, InvitationExpired),
    (records_errors.InvitationRevoked, InvitationRevoked),
    (records_errors.NotFound, NotFound),
    (records_errors.MediaRejected, UnsupportedMedia),
    (records_errors.SequenceConflict, Conflict),
)


async def _answer_records_error(request: Request, error: Exception) -> Response:
    for theirs, ours in _RECORDS_ERRORS:
        if isinstance(error, theirs):
            return problem_response(ours(_sentence(str(error))))
    return internal_problem(error)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


async def _answer_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return problem_response(_Http(error))


async def _answer_invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    errors = field_problems(error.errors())
    if any(item["type"] == "json_invalid" for item in error.errors()):
        return problem_response(BadRequest("The body is not valid JSON.", errors=errors))
    return problem_response(Unprocessable("Some fields are not as they should be.", errors=errors))


def install_problem_handlers(app: FastAPI) -> None:
    """Make ``app`` answer every error with a problem document."""
    app.add_exception_handler(ApiError, _answer_api_error)
    app.add_exception_handler(RecordsError, _answer_records_error)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid)


def internal_problem(error: Exception) -> Response:
    """Log where ``error`` arose, without its message, and return a 500 that tells nothing of it.

    An exception's message can quote the data that it stumbled over; the log must not.
    """
    frames = traceback.extract_tb(error.__traceback__)
    path = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:])
    logger.error("unhandled %s at %s", type(error).__name__, path)
    return problem_response(ApiError("The request could not be completed; nothing was half-written."))


def problem_responses() -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI entry that tells of problem documents."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "default": {
            "model": Problem,
            "description": "What went wrong, as RFC 9457 has it.",
            "content": {PROBLEM_MEDIA_TYPE: {"schema": schema}},
        }
    }
