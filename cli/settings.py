"""Settings of ``aila up`` and its companions, read once from the environment (prefix ``AILA_``)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class CliSettings(BaseSettings):
    """Where the embedded stack listens, and which livekit-server it starts."""

    model_config = SettingsConfigDict(env_prefix="AILA_", env_file=".env", extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address on which `aila up` serves pages and interface.")
    port: int | None = Field(
        None, ge=1, le=65535, description="Port of pages and interface; unset: 8000, or a free one near it."
    )
    livekit_port: int | None = Field(
        None,
        ge=1,
        le=65533,
        description="First of the embedded livekit-server's three ports (signalling, media over TCP, media "
        "over UDP); unset: 7880, or free ones near it.",
    )
    livekit_node_ip: str = Field(
        "127.0.0.1", description="Address that the embedded livekit-server tells browsers to send media to."
    )
    lan_address: str | None = Field(
        None, description="This machine's address for `aila up --lan`; unset: found out."
    )
    livekit_server: Path | None = Field(
        None, description="The livekit-server program; unset: from PATH, the cache, or built with Go."
    )
