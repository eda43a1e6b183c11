"""Small-number suppression and coding. PURE; knows nothing of charts or rules."""
