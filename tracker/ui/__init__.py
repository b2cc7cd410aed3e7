"""The windows. Everything they do goes through ops."""
