"""Pull political ad records from public ad libraries into raw pages and Parquet."""
