"""Actions of staff: commands, buttons, replies, and who may see what."""
