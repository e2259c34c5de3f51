"""What residents do, and what they are told."""
