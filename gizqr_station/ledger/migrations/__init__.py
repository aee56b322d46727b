"""How the tables came to be, one revision a file; alembic walks them."""
