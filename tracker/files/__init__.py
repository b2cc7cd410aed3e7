"""Any file → Flow (paragraphs) and Grid (cells). The only package that knows file formats."""
