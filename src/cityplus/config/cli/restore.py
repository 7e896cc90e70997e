from __future__ import annotations

import argparse
from pathlib import Path

from cityplus.config.cli import Stop
from cityplus.config.cli.backup import check_user, surroundings, tell
from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="what cityplus backup wrote")
    parser.add_argument("--replace", action="store_true", help="put it in the place of the network that is here")


def run(options: argparse.Namespace) -> None:
    from cityplus.backup.usage import name_my_connections  # noqa: PLC0415 - only this command pays for it

    name_my_connections()
    env = django_ready()
    check_user(env.data)
    from cityplus.backup.restoring import restore  # noqa: PLC0415 - needs Django
    from cityplus.backup.tables import BackupError  # noqa: PLC0415

    try:
        done = restore(options.file.absolute(), surroundings(env), tell, replace=options.replace)
    except BackupError as error:
        raise Stop(f"nothing was restored. {error}.") from None
    for remark in done.remarks:
        print(f"Note: {remark}.")
    if done.aside:
        print(f"What was here before is in {done.aside}. Remove that folder when you need it no longer.")
    if done.rendering:
        print(f"The worker makes the pictures, films and sounds of {done.rendering} media anew.")
    print("Restored. Everybody signs in anew: sessions are not in a backup.")
