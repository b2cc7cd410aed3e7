"""The values that cross layers and the rules of the trade; no input or output here."""
