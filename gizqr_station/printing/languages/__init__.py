"""Label languages and documents: from the dots of a label to bytes, purely."""
