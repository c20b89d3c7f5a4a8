"""Charts and the PDF report, made from the marts of one archive."""
