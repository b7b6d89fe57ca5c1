"""Settings of the worker, read once from the environment (prefix ``AILA_``) and passed in."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WorkerSettings(BaseSettings):
    """How the worker finds LiveKit, and how patient it is."""

    model_config = SettingsConfigDict(env_prefix="AILA_", env_file=".env", extra="ignore", frozen=True)

    livekit_url: str = Field(
        "ws://127.0.0.1:7880", description="LiveKit's address as the api, agent and worker reach it."
    )
    worker_id: str = Field(
        "worker-1", description="Name of this worker; each of several workers on one database needs its own."
    )
    worker_concurrency: int = Field(
        1, ge=1, le=64, description="Interviews that one worker finalises and scores at the same time."
    )
    sweep_s: float = Field(1.0, gt=0, description="Seconds between two looks for interviews that ended.")
    watchdog_s: float = Field(1.0, gt=0, description="Seconds between two looks for rooms without an agent.")
    agent_absence_s: float = Field(
        3.0, gt=0, description="Seconds for which a candidate may be in a room that lost its agent."
    )
    agent_arrival_s: float = Field(
        8.0, gt=0, description="Seconds that the first agent of a room has to appear before another is sent."
    )
    dispatch_patience_s: float = Field(
        10.0, gt=0, description="Seconds that a newly sent agent has to appear before another is sent."
    )
    retry_first_s: float = Field(
        10.0, gt=0, description="Seconds before a failed interview is processed again; doubled each time."
    )
    max_attempts: int = Field(
        5, ge=1, description="How often an interview is processed before a person has to look."
    )
    abandon_after_s: float = Field(
        259_200.0, gt=0, description="Seconds without an event after which an interview counts as abandoned."
    )
