"""Running a stranger's notebook: in a sandbox, watched, and with every end told apart."""
