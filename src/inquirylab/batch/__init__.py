"""One notebook for many sites: plan, engine, journal, manifest."""
