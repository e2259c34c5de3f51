"""Sending: messages leave the outbox in order, at the channel's pace."""
