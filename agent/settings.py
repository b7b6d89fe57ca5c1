"""Settings of the voice body."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class AgentSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="AILA_", env_file=".env", extra="ignore")

    whisper_model: str | None = Field(
        default=None,
        description="Folder or name of a faster-whisper model; unset: the installed tiny.en.",
    )
    whisper_threads: int = Field(
        default=1, ge=1, le=64, description="CPU threads of one decode; a second gains next to nothing."
    )
    whisper_at_once: int = Field(
        default=2, ge=1, le=64, description="Decodes that the recogniser works on at the same time."
    )
    piper_voice: Path | None = Field(
        default=None,
        description="A Piper voice (.onnx, its .json beside it); unset: the installed en_US-joe-medium.",
    )
    livekit_url: str = Field(
        default="ws://127.0.0.1:7880", description="Address at which agents reach livekit-server."
    )
    agent_interviews: int = Field(
        default=4, ge=1, le=64, description="Interviews that one agent worker takes at once."
    )
    agent_port: int = Field(
        default=0, ge=0, le=65535, description="Port of the agent's health page; 0: any free one."
    )
    barge_in_s: float = Field(
        default=0.5,
        gt=0,
        le=3,
        description="Seconds of the candidate's voice after which Aila stops speaking.",
    )
