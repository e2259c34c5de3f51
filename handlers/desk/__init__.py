"""What staff do: commands, buttons, replies, and who may see what."""
