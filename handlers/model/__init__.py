"""Data that decisions use: events, actions, tickets, talks, roles and settings. Contains no decisions."""
