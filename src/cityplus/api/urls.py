"""What programs ask for. These addresses are the same in every language."""

from django.urls import URLPattern, path

from cityplus.api.addresses import DOCUMENT, ROOT
from cityplus.api.document import openapi
from cityplus.api.service import service

_patterns = [pattern for pattern in service.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]

urlpatterns = [
    path(DOCUMENT.lstrip("/"), openapi, name="api-document"),
    *(path(f"{ROOT.lstrip('/')}/{p.pattern}", p.callback) for p in _patterns),
]
