"""What a station does, in order; what it needs for that stands in ``ports``."""
