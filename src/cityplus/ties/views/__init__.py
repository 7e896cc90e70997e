from cityplus.ties.views.index import index
from cityplus.ties.views.pair import pair
from cityplus.ties.views.posts import posts
from cityplus.ties.views.questions import questions

__all__ = ["index", "pair", "posts", "questions"]
