"""Settings of the records room."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class RecordsSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="AILA_", env_file=".env", extra="ignore")

    data: Path = Field(Path(".aila"), description="The data folder: secrets, database, recordings, logs.")
    database_url: str | None = Field(
        None, description="SQLAlchemy address of the database; unset: an SQLite file in the data folder."
    )
    retention_days: int = Field(
        180,
        ge=1,
        le=3650,
        description="Days after which an interview and its recording are due for deletion.",
    )
    invitation_days: int = Field(14, ge=1, le=365, description="Days for which a new invitation is valid.")
    group_data: bool = Field(
        False,
        description="Ask candidates after the interview, voluntarily, for the groups that audits compare.",
    )
    group_data_url: str | None = Field(
        None,
        description="PostgreSQL, with a role of its own, for these answers; unset: a file of their own.",
    )
    amendment_hours: float = Field(
        48.0,
        ge=0,
        le=720,
        description="Hours after the interview in which candidates may amend their answers; 0: not at all.",
    )
