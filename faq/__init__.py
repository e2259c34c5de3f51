"""Madoguchi's knowledge, without side effects: text in, entries and their evidence out; no files, no clock, no logging."""
