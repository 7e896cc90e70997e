"""Pushing to browsers: sealed for the browser (RFC 8291), signed by the network (RFC 8292), sent by jobs (RFC 8030)."""
