"""The ledger view (台账): the list of tasks, its filter, editing in place."""
