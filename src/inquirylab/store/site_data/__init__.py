"""Site data as schools really send it: read as a measure declares, refused in one sentence, nothing silently zero."""

from inquirylab.store.site_data.reading import Reading, read_site_data

__all__ = ["Reading", "read_site_data"]
