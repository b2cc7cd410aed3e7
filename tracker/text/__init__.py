"""Pure language helpers: Chinese numerals, dates, names, likeness, sentences."""
