"""The little code that the book's pages share: checks, page reading and one figure style."""
