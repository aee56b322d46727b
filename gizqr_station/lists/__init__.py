"""Lists of identities as people hand them over: text, CSV, spreadsheets; bytes in, lines with their numbers out."""
