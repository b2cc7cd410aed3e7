"""Any grid → rows → proposal."""
