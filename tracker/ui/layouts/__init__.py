"""The window in which layouts (版式) of the 落实情况表 are edited."""
