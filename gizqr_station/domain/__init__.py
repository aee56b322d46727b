"""What a station is about, in the standard library alone: identities, codes, labels, jobs, failures."""
