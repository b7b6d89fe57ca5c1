"""Errors of a company's brand; each message says what is wrong and what to do.

::

    BrandError
    ├── BrandFileInvalid   brand.yaml cannot be read, or lacks something
    ├── ColourInvalid      the colour is none, or cannot be made readable
    └── LogoRejected       the logo is not a plain picture
"""


class BrandError(Exception):
    """Base of all errors of a brand."""


class BrandFileInvalid(BrandError):
    """The file is not YAML, or names what a brand does not have."""


class ColourInvalid(BrandError):
    """The text is not a colour."""


class LogoRejected(BrandError):
    """The file is too large, or more than a picture."""
