"""Decisions about residents' events."""
