"""The settings of a running CityPlus, plus one address that does nothing: the floor that pages are measured against."""

from __future__ import annotations

from cityplus.config.settings import *  # noqa: F403
from cityplus.config.settings import MIDDLEWARE as _MIDDLEWARE

MIDDLEWARE = ["bench.hello.Hello", *_MIDDLEWARE]
