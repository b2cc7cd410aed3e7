"""What waits today: the first page of an office (今日)."""
