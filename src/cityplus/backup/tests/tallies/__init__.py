"""A room for the tests of backups only: a column of every kind, a table that no model describes, and one that is derived."""
