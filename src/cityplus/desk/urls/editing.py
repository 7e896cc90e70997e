from django.urls import path

from cityplus.desk.views import edits, piece, routes

AT = "@<handle:handle>/<piece:piece>/"

urlpatterns = [
    path("@<handle:handle>/routes/", routes.routes, name="routes"),
    path(AT, piece.piece, name="piece"),
    path(f"{AT}fields/", edits.fields, name="piece-fields"),
    path(f"{AT}edits/", edits.edits, name="piece-edits"),
    path(f"{AT}presence/", edits.presence, name="piece-presence"),
]
