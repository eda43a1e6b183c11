"""The only door to a team's files: site data, site lists, the record's logs."""
