from django.urls import path

from cityplus.social.views import writing

_POST = "@<handle:handle>/posts/<int:number>/"
urlpatterns = [
    path("posts/new/", writing.new, name="new"),
    path("posts/new/media/<int:pk>/", writing.item, name="new-medium"),
    path("posts/drafts/", writing.drafts, name="drafts"),
    path("posts/drafts/<int:pk>/", writing.sheet, name="sheet"),
    path("posts/drafts/<int:pk>/moment/", writing.moment, name="sheet-moment"),
    path("posts/drafts/<int:pk>/removal/", writing.removal, name="sheet-removal"),
    path("@<handle:handle>/posts/media/", writing.uploads, name="uploads"),
    path("@<handle:handle>/posts/media/<str:upload_id>/", writing.upload, name="upload"),
    path(f"{_POST}replies/", writing.replies, name="replies"),
    path(f"{_POST}quotes/", writing.quotes, name="quotes"),
    path(f"{_POST}versions/", writing.versions, name="versions"),
    path(f"{_POST}versions/new/", writing.edit, name="edit"),
    path(f"{_POST}votes/", writing.votes, name="votes"),
]
