"""Who may sign in, what for, and how a password and a sign-in are judged; no web, no database."""
