"""Read a provider's free remarks: where it works, for what ages, whom it takes and whom not."""
