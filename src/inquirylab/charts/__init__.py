"""An analysis drawn: Altair specifications, small SVG, words, table twins. PURE; never calculates, never reads."""
