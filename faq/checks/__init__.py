"""What is wrong with a FAQ: within a file, across files, and against what it said before."""
