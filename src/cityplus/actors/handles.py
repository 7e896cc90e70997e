"""Handles: the names of actors in addresses."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

PATTERN = r"[a-z][a-z0-9_]{1,29}"
RESERVED = {"admin", "cityplus", "foundation", "root", "support", "system"}

_shape = RegexValidator(
    rf"^{PATTERN}\Z", "A handle has 2 to 30 small letters, digits and underscores, and begins with a letter."
)


def check_handle(handle: str) -> None:
    """Django validator.

    Raises:
        ValidationError: the handle has the wrong shape or is reserved.
    """
    _shape(handle)
    if handle in RESERVED:
        raise ValidationError(f"The handle {handle} is reserved.")


class HandleConverter:
    """Path converter ``<handle:handle>``."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
