"""Weights and lines: fitted from the FAQ itself, and how good they are on questions nobody trained on."""
