"""A simulator of the Bot API on loopback: state, semantics, rate limits, faults, and independent judges."""
