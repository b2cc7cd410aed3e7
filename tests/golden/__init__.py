"""Reports of an invented office as they were approved, kept part by part as text.

`python -m tests.golden.approve` writes what the program prints now; look at the pages first.
"""
