"""Who may use the pages of an archive: accounts, sessions, and the brake on guessing passwords."""
