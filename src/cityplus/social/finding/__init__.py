"""What search knows of the conversation, and which names nobody may take."""
