"""A simulator of the Bot API on loopback: state, semantics, rate limits, faults, and judges that are not ours."""
