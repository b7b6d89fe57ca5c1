"""Settings of the api, read once from the environment (prefix ``AILA_``) and passed in."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """What the api can be told from outside; the installation's secrets are not among it."""

    model_config = SettingsConfigDict(env_prefix="AILA_", env_file=".env", extra="ignore", frozen=True)

    public_url: str | None = Field(
        None, description="Address that candidates' links start with; unset: the address a request came to."
    )
    livekit_url: str = Field(
        "ws://127.0.0.1:7880", description="LiveKit's address as the api, agent and worker reach it."
    )
    livekit_public_url: str | None = Field(
        None, description="LiveKit's address as browsers reach it; unset: the same as `AILA_LIVEKIT_URL`."
    )
    livekit_proxy: bool = Field(
        False, description="Pass LiveKit's signalling on under `/livekit` of the pages' own address."
    )
    local_authority: Path | None = Field(
        None, description="Certificate of a local authority, served as `/local-authority.crt`; unset: none."
    )
    cookie_secure: bool | None = Field(
        None, description="Send the login cookie over HTTPS only; unset: when the public address is HTTPS."
    )
    login_limit: str = Field(
        "10/minute", description="Attempts to log in, for each address and user name (`limits` notation)."
    )
    join_limit: str = Field(
        "30/minute", description="Attempts to open an invitation, for each address (`limits` notation)."
    )
    typing_limit: str = Field(
        "60/minute", description="Messages and controls of one typed interview (`limits` notation)."
    )
    rate_limit_storage: str = Field(
        "memory://", description="Where attempts are counted (`limits` notation); Redis with several api's."
    )
    trusted_proxies: str | None = Field(
        None, description="Addresses whose X-Forwarded-For is believed, comma-separated; unset: none."
    )
    agent_port: int = Field(
        0, ge=0, le=65535, description="Port of the voice agent's health page on this host; 0: unknown."
    )
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token that /metrics asks for; unset: only loopback addresses may read it."
    )
    web_client_dir: Path | None = Field(
        None, description="Folder of the built web client; unset: `web_client/dist` beside the api."
    )

    @property
    def livekit_browser_url(self) -> str:
        """LiveKit's address as browsers reach it."""
        return self.livekit_public_url or self.livekit_url
