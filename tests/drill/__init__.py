"""Drills: the real bot process against the simulator, promise by promise."""
