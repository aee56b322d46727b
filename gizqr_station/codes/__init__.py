"""Where codes come from: the QR service and its zips, or lists and patterns of the product's own."""
