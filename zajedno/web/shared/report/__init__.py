"""A report of a year: facts in sections, each with what the author says of it, as page, PDF, Word and Excel."""
