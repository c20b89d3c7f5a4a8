"""Human review: coding by the codebook, kept as files, read by the models."""
