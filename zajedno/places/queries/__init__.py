"""Reads of the room. Places and institutions are known to everyone who may log in."""
