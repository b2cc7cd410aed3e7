"""The review of a table: what it would change, cell by cell, before anything is written."""
