from cityplus.social.models.bar import Bar
from cityplus.social.models.closing import Closing
from cityplus.social.models.entry import Entry
from cityplus.social.models.follow import Follow, FollowRequest
from cityplus.social.models.mark import Bookmark, Boost, Favourite
from cityplus.social.models.post import Mention, Post, PostMedium, PostVersion
from cityplus.social.models.profile import Profile
from cityplus.social.models.silence import Silence
from cityplus.social.models.tag import Tag, Tagging
from cityplus.social.models.takeout import Takeout
from cityplus.social.models.tally import Tally

__all__ = [
    "Bar", "Bookmark", "Boost", "Closing", "Entry", "Favourite", "Follow", "FollowRequest", "Mention", "Post", "PostMedium",
    "PostVersion", "Profile", "Silence", "Tag", "Tagging", "Takeout", "Tally",
]  # fmt: skip
