"""The command line over ops."""
