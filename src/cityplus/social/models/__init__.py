from cityplus.social.models.bar import Bar
from cityplus.social.models.card import Card
from cityplus.social.models.closing import Closing
from cityplus.social.models.entry import Entry
from cityplus.social.models.follow import Follow, FollowRequest
from cityplus.social.models.mark import Bookmark, Boost, Favourite
from cityplus.social.models.matter import Answering, Matter, Note, TakenMeanwhile
from cityplus.social.models.poll import Ballot, Choice, Option, Poll
from cityplus.social.models.post import Mention, Post, PostMedium, PostVersion
from cityplus.social.models.profile import Profile
from cityplus.social.models.question import Answer, Question
from cityplus.social.models.ready import ReadyAnswer
from cityplus.social.models.sent import Sent
from cityplus.social.models.sheet import Sheet
from cityplus.social.models.silence import Silence
from cityplus.social.models.spending import Spending
from cityplus.social.models.tag import Tag, Tagging
from cityplus.social.models.takeout import Takeout
from cityplus.social.models.tally import Tally

__all__ = [
    "Answer", "Answering", "Ballot", "Bar", "Bookmark", "Boost", "Card", "Choice", "Closing", "Entry", "Favourite", "Follow",
    "FollowRequest", "Matter", "Mention", "Note", "Option", "Poll", "Post", "PostMedium", "PostVersion", "Profile", "Question",
    "ReadyAnswer", "Sent", "Sheet", "Silence", "Spending", "Tag", "Tagging", "TakenMeanwhile", "Takeout", "Tally",
]  # fmt: skip
