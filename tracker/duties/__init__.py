"""The language of assignment: units, roles, deadlines and parts, in a paragraph or in a cell."""
