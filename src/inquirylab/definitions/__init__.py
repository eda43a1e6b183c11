"""Forms, rule sets and words as data that a scholar may correct, and their loader."""
