"""The charts (统计): bars and curves with their numbers, and a click to the tasks behind them."""
