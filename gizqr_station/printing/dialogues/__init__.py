"""What printers say of themselves, in each language that lets them."""
