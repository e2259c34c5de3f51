"""Telegram: updates become events, actions become calls. Markup, chats and limits are known here and nowhere else."""
