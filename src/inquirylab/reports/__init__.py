"""Analyses and records as HTML text. PURE."""
