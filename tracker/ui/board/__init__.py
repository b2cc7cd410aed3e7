"""反馈回收: where every unit stands in a round, what came back, who is to be chased."""
