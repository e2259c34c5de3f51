"""Decides about each event, without side effects. Telegram's own handlers are in ``bot/channels/telegram/inbound.py``."""
