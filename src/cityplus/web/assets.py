"""The built front-end files: names with a hash, found by the manifest that the build writes."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

BUILT = Path(__file__).parent / "static" / "web" / "built"


class AssetError(LookupError):
    """A file that the front-end build did not make."""


def asset(name: str) -> str:
    """The address of a built file by its plain name (``home.js`` → ``/static/web/built/home-4QZ7LJ2A.js``).

    Raises:
        AssetError: there is no such file; the message says how to build.
    """
    files = _manifest.__wrapped__() if settings.DEBUG else _manifest()
    if name not in files:
        raise AssetError(f"the front end has no {name}; build it with: python tools/frontend.py")
    return f"{settings.STATIC_URL}web/built/{files[name]}"


@lru_cache(maxsize=1)
def _manifest() -> dict[str, str]:
    path = BUILT / "manifest.json"
    if not path.exists():
        raise AssetError(f"{path} is missing; build the front end with: python tools/frontend.py")
    files: dict[str, str] = json.loads(path.read_text())
    return files
