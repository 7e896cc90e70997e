"""Files in an S3-compatible store. Browsers never speak with it: what they ask for passes through us, with the right to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from cityplus.media.reading import PIECE, Asked, OutOfRange, Reading


class Bucket:
    """The bucket of a storage of django-storages."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    def put(self, path: Path, key: str) -> None:
        self.storage.bucket.upload_file(
            str(path), key
        )  # a large one in parts, which appear as one when the last is there
        path.unlink()

    def has(self, key: str) -> bool:
        try:
            self._object(key).load()
        except ClientError as error:
            if _code(error) in {"404", "NoSuchKey", "NotFound"}:
                return False
            raise
        return True

    def read(self, key: str, asked: Asked) -> Reading:
        wanted = {} if asked is None else {"Range": f"bytes={asked[0]}-{asked[1]}"}
        try:
            answer = self._object(key).get(**wanted)
        except ClientError as error:
            if _code(error) in {"404", "NoSuchKey", "NotFound"}:
                raise FileNotFoundError(key) from None
            if _code(error) in {"416", "InvalidRange"}:
                raise OutOfRange(self._object(key).content_length) from None
            raise
        length, said = int(answer["ContentLength"]), answer.get("ContentRange", "")
        if not said:  # it was asked for whole, or the store would not give a part
            return Reading(answer["Body"], length, 0, length - 1)
        places, _, size = said.removeprefix("bytes ").partition("/")
        start, _, end = places.partition("-")
        return Reading(answer["Body"], int(size), int(start), int(end))

    def remove(self, key: str) -> None:
        self._object(key).delete()

    def listing(self, folder: str) -> Iterator[tuple[str, int, datetime]]:
        for found in self.storage.bucket.objects.filter(Prefix=f"{folder}/"):
            yield found.key, found.size, found.last_modified

    def local(self, key: str, bench: Path) -> Path:
        path = bench / Path(key).name
        reading = self.read(key, None)
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(reading.source, file, PIECE)
        finally:
            reading.close()
        return path

    def give_up(self, before: datetime) -> int:
        try:
            begun = [part for part in self.storage.bucket.multipart_uploads.all() if part.initiated < before]
        except ClientError as error:
            if _code(error) in {"NoSuchUpload", "NotImplemented", "501"}:
                return 0  # how some stores say that there are none, and others that they clear them away themselves
            raise
        for part in begun:
            part.abort()
        return len(begun)

    def _object(self, key: str) -> Any:
        return self.storage.bucket.Object(key)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
