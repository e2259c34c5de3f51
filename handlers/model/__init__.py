"""What is decided about and with: events, actions, tickets, talks, roles and settings. No decisions."""
