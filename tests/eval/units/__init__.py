"""Pairs of unit names, labelled: the same unit or not."""
