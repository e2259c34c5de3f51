"""From a message to entries: what was meant by what was typed, the channels that compare, and one probability."""
