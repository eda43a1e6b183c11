"""What the data and the record say: checks, next steps, signals. PURE."""
