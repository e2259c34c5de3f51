"""The way out: what waits in the outbox leaves in order, at the channel's pace."""
