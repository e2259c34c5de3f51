"""Tools for operators, usable while the bot runs: the doctor, orders, tables."""
