"""The record: SQLite in one file, one writer."""
