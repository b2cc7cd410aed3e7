"""Labelled documents for `decompose`, their scorer and a mutation run."""
