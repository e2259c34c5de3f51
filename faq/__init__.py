"""What Madoguchi knows: pure. Text goes in, entries and their evidence come out; no files, no clock, no logging."""
