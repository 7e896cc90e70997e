"""What of a post the policies want to know, kept beside its HTML so that no page asks for it again."""

from __future__ import annotations

from dataclasses import dataclass

from cityplus.social.models import Post


@dataclass(frozen=True, slots=True)
class Facts:
    """True as long as the revision of the post: whoever began the thread sets its rule once, and freezing touches the whole thread."""

    post: int
    author: int
    host: int
    audience: str
    who_replies: str
    who_boosts: str
    who_quotes: str
    frozen_at: bool
    hidden_at: bool
    gone_at: bool
    root_frozen: bool
    pair: str
    parts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, post: Post, root: Post, parts: frozenset[str] = frozenset()) -> Facts:
        """``root`` began the thread of the post; it has its space."""
        return cls(
            post=post.pk,
            author=post.author_id,
            host=root.author_id,
            audience=post.audience,
            who_replies=root.who_replies,
            who_boosts=post.who_boosts,
            who_quotes=post.who_quotes,
            frozen_at=bool(post.frozen_at),
            hidden_at=bool(post.hidden_at),
            gone_at=bool(post.gone_at),
            root_frozen=bool(root.frozen_at),
            pair=root.space.handle if root.space else "",
            parts=parts,
        )

    @property
    def root(self) -> Rule:
        """The rule of the thread."""
        return Rule(self.who_replies, self.root_frozen)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who replies in a thread, and whether it is frozen."""

    who_replies: str
    frozen_at: bool
