"""What we do about each event: pure. Looking for Telegram's CommandHandler? See ``bot/channels/telegram/channel.py``."""
