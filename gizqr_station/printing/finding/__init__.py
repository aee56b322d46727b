"""Looking around for printers that could be set up; nothing is ever sent to a device that nobody has chosen."""
