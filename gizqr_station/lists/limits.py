"""How much of a list is looked at; more than any honest one has."""

FILE_BYTES = 50 * 1024 * 1024
INFLATED_BYTES = 256 * 1024 * 1024
"""Of all parts of a spreadsheet together, counted while they are inflated."""
ROWS = 200_000
CELLS = 2_000_000
COLUMNS = 16_384
"""Of one row; as many as a spreadsheet can have."""
LOOK_EVERY = 1000
"""Rows between two looks at Stop."""
TOO_MANY_ROWS = f"{ROWS:,}"
TOO_MANY_BYTES = f"{FILE_BYTES // (1024 * 1024)} MB"
