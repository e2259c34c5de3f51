"""Receiving: every update is stored before it is confirmed, and handled once, in order."""
