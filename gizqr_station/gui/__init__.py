"""The window: an edge like the printer. It sees workflows and domain, hears happenings, passes on scans and keys."""
