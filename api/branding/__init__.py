"""A company's own name, logo and colour on all pages."""
