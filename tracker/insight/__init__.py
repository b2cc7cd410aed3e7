"""What the rows mean: lights, lateness, counts. Values in, values out."""
