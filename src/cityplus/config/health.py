"""Whether this process lives, and whether it may be sent visitors."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

MIN_FREE = 50 * 1024 * 1024


def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing of the database."""
    del request
    return HttpResponse("alive", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the disk has room, else 503 with the reason."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM journal_entry LIMIT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    try:
        free = shutil.disk_usage(settings.CITYPLUS.data).free
    except OSError:
        return HttpResponse("the data folder cannot be read", status=503, content_type="text/plain")
    if free < MIN_FREE:
        return HttpResponse("the disk is full", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
