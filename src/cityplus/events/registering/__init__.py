"""Registering for an event: with an account or by the link of a letter, for oneself or for an organisation."""
