"""Drafts: work in progress on a thing of an actor, which the public does not see before it is published.

Words: a **kind** of draft (a route, a profile) says what shape its **document** has and how it becomes rows; an **edit** sets one
**path** of the document, and says by its **mark** what its writer saw there; a **clash** is an edit of what somebody else has
changed meanwhile; a **version** is a document as it once was. A draft goes `open → submitted → approved`, and is gone once published.
"""

from cityplus.drafts.edits import Edit, mark
from cityplus.drafts.errors import Clash, DraftClash, Gap, NotAllowed, NotReady, Saved
from cityplus.drafts.kinds import Kind, kind_of, plug
from cityplus.drafts.shapes import DocumentError

__all__ = [
    "Clash", "DocumentError", "DraftClash", "Edit", "Gap", "Kind", "NotAllowed", "NotReady", "Saved", "kind_of", "mark", "plug",
]  # fmt: skip
