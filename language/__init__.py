"""What a text says; spaCy, which parses it, is imported without its command line.

``import spacy`` imports ``spacy.cli`` for one function, and with it an HTTP client, a template engine and a
project manager: a third of the processor time that loading takes. Until that function is called, a stand-in
that imports the real one takes its place.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_COMMAND = "spacy.cli.info"


def _info(*arguments: Any, **named: Any) -> Any:
    sys.modules.pop(_COMMAND, None)
    return import_module(_COMMAND).info(*arguments, **named)


if "spacy" not in sys.modules:
    _stand_in = ModuleType(_COMMAND)
    _stand_in.info = _info  # type: ignore[attr-defined]
    sys.modules[_COMMAND] = _stand_in
