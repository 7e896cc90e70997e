"""What an opportunity does not let happen to it. The message is a sentence for who tried."""


class OpportunityError(ValueError):
    """Something cannot be done with this opportunity, interest or outcome as it was asked."""
