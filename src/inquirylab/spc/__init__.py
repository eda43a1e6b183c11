"""Statistical process control, vectorized over many series. PURE."""
