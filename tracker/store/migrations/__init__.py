"""Named, ordered changes of the database's shape."""
