"""Every sentence the bot itself says: ``resident`` for residents, ``desk`` for staff, ``admin`` for FAQ editors."""
