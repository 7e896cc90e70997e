from cityplus.opportunities.views.conversation import entrance, help_, interest, message, mine, state
from cityplus.opportunities.views.listed import csv_file, feed, index, of_host
from cityplus.opportunities.views.met import met
from cityplus.opportunities.views.one import opportunity, paper
from cityplus.opportunities.views.outcomes import answer, outcomes, outcomes_file, tell
from cityplus.opportunities.views.proofs import proof, proof_removal, proofs
from cityplus.opportunities.views.searches import removal, searches
from cityplus.opportunities.views.work import (
    closing,
    edit,
    interests,
    new,
    paper_removal,
    papers,
    renewal,
    return_,
    submission,
    work,
)

__all__ = [
    "answer",
    "closing",
    "csv_file",
    "edit",
    "entrance",
    "feed",
    "help_",
    "index",
    "interest",
    "interests",
    "message",
    "met",
    "mine",
    "new",
    "of_host",
    "opportunity",
    "outcomes",
    "outcomes_file",
    "paper",
    "paper_removal",
    "papers",
    "proof",
    "proof_removal",
    "proofs",
    "removal",
    "renewal",
    "return_",
    "searches",
    "state",
    "submission",
    "tell",
    "work",
]
