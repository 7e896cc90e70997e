from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from cityplus.config import env as environment
from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready

if TYPE_CHECKING:
    from cityplus.backup.saving import Surroundings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write; it must not exist")
    parser.add_argument(
        "--no-renditions", action="store_true", help="leave out what can be made again; a restore takes longer"
    )


def run(options: argparse.Namespace) -> int:
    env = django_ready()
    from cityplus.backup.saving import save  # noqa: PLC0415 - needs Django
    from cityplus.backup.tables import BackupError  # noqa: PLC0415

    out = options.out.absolute()
    try:
        lost = save(out, surroundings(env), tell, renditions=not options.no_renditions)
    except BackupError as error:
        raise Stop(f"no backup was made. {error}") from None
    print(f"{out}: {out.stat().st_size / 2**20:,.1f} MB. It holds passwords and keys: only its owner can read it.")
    if lost:
        raise Stop(f"the backup is whole but for {len(lost)} originals that are lost or damaged; see above.")
    return 0


def surroundings(env: environment.Env) -> Surroundings:
    """What a backup holds besides database and files."""
    from cityplus.backup.saving import Surroundings, public_settings  # noqa: PLC0415 - needs Django

    kept = not (env.secret_key or env.secret_key_file)
    return Surroundings(env.data, env.secret(), kept, dict(public_settings(env)))


def tell(line: str) -> None:
    print(line, flush=True)


def check_user(folder: Path) -> None:
    """Raises :class:`Stop` when root would make files that the network cannot write afterwards."""
    owner = folder.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        raise Stop(f"{folder} belongs to another user than root. Run this as that user: its files must be its own.")
