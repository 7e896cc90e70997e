"""Uploads that can be resumed: the server's side of tus 1.0.0.

Extensions: creation, creation-with-upload, checksum (SHA-1, SHA-256), termination, expiration. The room that gives it addresses
says whose uploads they are (:func:`door.collection`, :func:`door.upload`), and has asked for the right to them before.
"""
