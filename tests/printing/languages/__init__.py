"""What the label languages send, byte by byte and dot by dot."""
