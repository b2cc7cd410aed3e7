"""Cells of the ledger changed together: words replaced, a range pasted; shown before written."""
