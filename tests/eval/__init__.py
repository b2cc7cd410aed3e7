"""Scored corpora: documents and tables with the right answer."""
