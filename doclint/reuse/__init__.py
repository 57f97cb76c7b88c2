"""Text that a draft shares with other documents: indexed by packs, found as passages, shown beside its source."""
