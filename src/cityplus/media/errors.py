"""Why a file is not taken, as sentences, each with the status by which HTTP says the same."""

from __future__ import annotations

from http import HTTPStatus


class MediumError(ValueError):
    """A file that we do not take; the message says which and why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotTaken(MediumError):
    """It is of no kind that we take."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class TooLarge(MediumError):
    """It has more bytes than we take."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NoRoom(MediumError):
    """It may be fine, but our disk is full."""

    status = HTTPStatus.INSUFFICIENT_STORAGE


class Malformed(MediumError):
    """What was sent is not what a form with a file looks like, or lacks its words."""

    status = HTTPStatus.BAD_REQUEST


class Ended(MediumError):
    """An upload that has expired, or was cancelled."""

    status = HTTPStatus.GONE


class OffsetMismatch(MediumError):
    """Bytes that are not the next ones."""

    status = HTTPStatus.CONFLICT


class InUse(MediumError):
    """A medium that is shown somewhere, and so is not deleted."""

    status = HTTPStatus.CONFLICT


class Changed(MediumError):
    """Words that somebody else has changed meanwhile."""

    status = HTTPStatus.CONFLICT
