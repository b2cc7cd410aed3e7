"""Measured as ratios in one run against a peer and the physical limit, at three sizes."""
