from django.urls import path

from cityplus.desk.views import edits, piece, preview, publication, review, routes, versions

AT = "@<handle:handle>/<piece:piece>/"

urlpatterns = [
    path("@<handle:handle>/routes/", routes.routes, name="routes"),
    path(AT, piece.piece, name="piece"),
    path(f"{AT}fields/", edits.fields, name="piece-fields"),
    path(f"{AT}edits/", edits.edits, name="piece-edits"),
    path(f"{AT}presence/", edits.presence, name="piece-presence"),
    path(f"{AT}preview/", preview.preview, name="piece-preview"),
    path(f"{AT}preview/stops/<int:number>/", preview.stop, name="piece-preview-stop"),
    path(f"{AT}versions/", versions.versions, name="piece-versions"),
    path(f"{AT}versions/<int:number>/", versions.version, name="piece-version"),
    path(f"{AT}versions/<int:number>/restoration/", versions.restoration, name="piece-restoration"),
    path(f"{AT}review/", review.review, name="piece-review"),
    path(f"{AT}review/decision/", review.decision, name="piece-decision"),
    path(f"{AT}publication/", publication.publication, name="piece-publication"),
    path(f"{AT}publication/schedule/", publication.schedule, name="piece-schedule"),
    path(f"{AT}publication/withdrawal/", publication.withdrawal, name="piece-withdrawal"),
    path(f"{AT}disposal/", publication.disposal, name="piece-disposal"),
]
