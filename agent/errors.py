"""Errors of the voice body.

AgentError
└── SpeechServiceError      a speech process failed or could not be reached
    └── AudioRefused        it refused what was sent; sending it again does not help
"""


class AgentError(Exception):
    retryable = False


class SpeechServiceError(AgentError):
    retryable = True


class AudioRefused(SpeechServiceError):
    retryable = False
