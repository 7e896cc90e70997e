"""The store of media as Django wants it told: the disk, or an S3-compatible store that the settings name."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from cityplus.config.env import Env, SettingError


def storage(env: Env) -> dict[str, Any]:
    """The data folder, or the bucket that the settings name.

    Raises:
        SettingError: a bucket is named, and what speaks with it is not installed.
    """
    return _bucket(env) if env.s3_bucket else _disk(env)


def _disk(env: Env) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.data / "media", "base_url": "/media/"},
    }


def _bucket(env: Env) -> dict[str, Any]:
    if not find_spec("boto3") or not find_spec("storages"):
        raise SettingError("CITYPLUS_S3_BUCKET needs more to be installed: pip install 'cityplus[s3]'")
    from botocore.config import Config  # noqa: PLC0415 - heavy, and only for who has a bucket

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.s3_bucket,
            "endpoint_url": env.s3_endpoint or None,
            "region_name": env.s3_region or "us-east-1",
            "access_key": env.s3_access_key,
            "secret_key": env.s3_secret_key,
            "default_acl": None,  # what the bucket says, which ought to be: nobody but us
            "querystring_auth": False,
            "file_overwrite": True,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if env.s3_endpoint else "auto"},
                connect_timeout=5,
                read_timeout=30,
                retries={"mode": "standard", "total_max_attempts": 3},
                # Newer checksums than most compatible stores know are left out where they may be.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }
