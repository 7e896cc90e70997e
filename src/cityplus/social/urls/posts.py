from django.urls import path

from cityplus.social.views import governing, lists, marks, thread

_post = "@<handle:handle>/posts/<int:number>/"
urlpatterns = [
    path(_post, thread.post, name="post"),
    path(f"{_post}favourites/", marks.favourites, name="favourites"),
    path(f"{_post}boosts/", marks.boosts, name="boosts"),
    path(f"{_post}bookmarks/", marks.bookmarks, name="bookmark"),
    path(f"{_post}hiding/", governing.hiding, name="hiding"),
    path(f"{_post}freezing/", governing.freezing, name="freezing"),
    path(f"{_post}deletion/", governing.deletion, name="deletion"),
    path("home/bookmarks/", lists.bookmarks, name="bookmarks"),
    path("home/letters/", lists.letters, name="letters"),
]
