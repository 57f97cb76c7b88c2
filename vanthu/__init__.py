"""What both commands share, knowing nothing of either: errors, exit codes, safe writing, the command line."""
