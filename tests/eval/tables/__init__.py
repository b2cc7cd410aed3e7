"""Labelled tables: every layout an office draws, in every format, with the rows it must give."""
