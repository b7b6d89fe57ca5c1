"""Settings of the video avatar: the agent starts it, and the api tells candidates of it."""

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class VideoAvatarSettings(BaseSettings):
    """Aila's face as video, by another company's service; off unless a plug-in is named."""

    model_config = SettingsConfigDict(env_prefix="AILA_", env_file=".env", extra="ignore")

    video_avatar: Annotated[str, StringConstraints(pattern=r"^[\w.]+:\w+$")] | None = Field(
        None,
        description="A livekit-agents avatar plug-in's session as `module:Class`, such as "
        "`livekit.plugins.bey:AvatarSession`; unset: her face is drawn in the browser.",
    )
    video_avatar_provider: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="Who runs the video avatar, as candidates are told it on the trust page.",
    )
    video_avatar_options: dict[str, Any] = Field(
        {},
        description='JSON object of the plug-in\'s own arguments, such as `{"avatar_id": "..."}`; '
        "its key goes into the variable that its documentation names.",
    )
    video_avatar_livekit_url: str | None = Field(
        None, description="Address at which the provider reaches livekit-server; unset: `AILA_LIVEKIT_URL`."
    )

    @model_validator(mode="after")
    def _candidates_are_told_who(self) -> Self:
        if self.video_avatar is not None and self.video_avatar_provider is None:
            raise ValueError(
                "AILA_VIDEO_AVATAR needs AILA_VIDEO_AVATAR_PROVIDER: candidates are told who hears Aila"
            )
        return self
