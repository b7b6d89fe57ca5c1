"""Settings of the interview core and of the model that words follow-ups."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class LlmSettings(BaseSettings):
    """Where a language model is reached; without a model every follow-up is the bank's own probe."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    api_key: SecretStr | None = Field(
        None, validation_alias="OPENAI_API_KEY", description="Key of an OpenAI-compatible service."
    )
    base_url: str | None = Field(
        None, validation_alias="OPENAI_BASE_URL", description="Address of an OpenAI-compatible service."
    )
    model: str | None = Field(
        None,
        validation_alias="AILA_LLM_MODEL",
        description="Model that words follow-ups; unset: none is used.",
    )
    deadline_s: float = Field(
        1.0,
        gt=0,
        le=10,
        validation_alias="AILA_LLM_DEADLINE_S",
        description="Seconds after which the bank's probe is used instead of the model's wording.",
    )

    @property
    def configured(self) -> bool:
        return self.model is not None and (self.api_key is not None or self.base_url is not None)
