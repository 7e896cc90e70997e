"""Where moderation takes hold of the conversation: what is looked at before it is posted,
what can be reported, and what follows from a decision."""
