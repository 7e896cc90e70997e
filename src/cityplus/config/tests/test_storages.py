"""The store of media by settings: the disk, or a bucket."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityplus.config import env as environment
from cityplus.config import storages
from cityplus.config.env import SettingError

BUCKET = {"CITYPLUS_S3_BUCKET": "media", "CITYPLUS_S3_ACCESS_KEY": "us", "CITYPLUS_S3_SECRET_KEY": "secret"}


def test_the_data_folder_by_default(tmp_path: Path) -> None:
    found = storages.storage(environment.read({"CITYPLUS_DATA": str(tmp_path)}))
    assert found["OPTIONS"]["location"] == tmp_path / "media"


def test_a_bucket_that_is_named() -> None:
    more = {"CITYPLUS_S3_ENDPOINT": "https://s3.example/", "CITYPLUS_S3_REGION": "eu-central-2"}
    options = storages.storage(environment.read(BUCKET | more))["OPTIONS"]
    assert (options["bucket_name"], options["endpoint_url"]) == ("media", "https://s3.example")
    assert options["region_name"] == "eu-central-2"
    assert options["client_config"].s3 == {"addressing_style": "path"}
    assert storages.storage(environment.read(BUCKET))["OPTIONS"]["endpoint_url"] is None


@pytest.mark.parametrize("missing", BUCKET)
def test_a_bucket_without_its_key_stops_the_start(missing: str) -> None:
    with pytest.raises(SettingError, match="go together"):
        environment.read({name: value for name, value in BUCKET.items() if name != missing})


def test_a_bucket_without_what_speaks_with_it_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storages, "find_spec", lambda _: None)
    with pytest.raises(SettingError, match=r"pip install 'cityplus\[s3\]'"):
        storages.storage(environment.read(BUCKET))


def test_the_secret_is_never_repeated() -> None:
    with pytest.raises(SettingError) as error:
        environment.read({"CITYPLUS_S3_SECRET_KEY": "a very secret word"})
    assert "a very secret word" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("MEDIA_MEGAPIXELS", "0"), ("MEDIA_SECONDS", "forever"), ("MEDIA_MEMORY_MB", "10"), ("S3_ENDPOINT", "s3.example")],
)
def test_bounds_that_make_no_sense_stop_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"CITYPLUS_{name}="):
        environment.read({f"CITYPLUS_{name}": value})
