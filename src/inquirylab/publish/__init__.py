"""Writes what people open: pages, assets, finished reports."""
