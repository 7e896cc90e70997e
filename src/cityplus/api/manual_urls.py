from django.urls import path

from cityplus.api.addresses import MANUAL
from cityplus.api.manual import manual

app_name = "api-manual"
urlpatterns = [path(MANUAL.lstrip("/"), manual, name="manual")]
