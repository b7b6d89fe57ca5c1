"""Bodies of the login endpoints."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas import RequestBody, ResponseBody

Role = Literal["admin", "recruiter", "product"]


class LoginRequest(RequestBody):
    username: Annotated[str, Field(min_length=1, max_length=120)]
    password: Annotated[str, Field(min_length=1, max_length=1024)]


class UserView(ResponseBody):
    username: str
    role: Role


class LoginView(ResponseBody):
    user: UserView
    csrf_token: str = Field(description="Sent as `X-CSRF-Token` with every request that changes something.")
