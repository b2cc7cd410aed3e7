"""The panel of the task in hand."""
