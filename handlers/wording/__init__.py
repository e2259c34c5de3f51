"""The bot's own texts: ``resident`` for residents, ``desk`` for staff, ``admin`` for FAQ editors."""
