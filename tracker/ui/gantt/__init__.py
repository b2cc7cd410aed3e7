"""The deadline view (时限图)."""
