"""What both commands share, knowing nothing of either: errors, exit codes, safe writing, the Vietnamese command line."""
