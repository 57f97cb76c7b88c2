"""The Vietnamese language, knowing nothing of documents."""
