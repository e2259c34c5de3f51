"""Telegram: updates become events, actions become calls. Only this room knows its markup, chats and limits."""
