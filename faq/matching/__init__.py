"""From a message to entries: normalisation, the channels of matching, and fusion into one probability."""
