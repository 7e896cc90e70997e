from django.urls import path

from cityplus.desk.views.media.captions import captions, captions_file
from cityplus.desk.views.media.choices import choices
from cityplus.desk.views.media.library import library
from cityplus.desk.views.media.one import deletion, medium, replacement
from cityplus.desk.views.media.uploads import removal, upload, uploads

_MEDIA = "@<handle:handle>/media/"
_ONE = f"{_MEDIA}<int:pk>/"
urlpatterns = [
    path(_MEDIA, library, name="media"),
    path(f"{_MEDIA}choices/", choices, name="media_choices"),
    path(f"{_MEDIA}uploads/", uploads, name="uploads"),
    path(f"{_MEDIA}uploads/<str:upload_id>/", upload, name="upload"),
    path(f"{_MEDIA}uploads/<str:upload_id>/removal/", removal, name="upload_removal"),
    path(_ONE, medium, name="medium"),
    path(f"{_ONE}replacement/", replacement, name="medium_replacement"),
    path(f"{_ONE}deletion/", deletion, name="medium_deletion"),
    path(f"{_ONE}captions/<str:tag>/", captions, name="captions"),
    path(f"{_ONE}captions/<str:tag>/file.<str:ending>", captions_file, name="captions_file"),
]
