"""Hands labels to printers: one pure encoder a language, one transport a wire, and a printer that is only bytes."""
