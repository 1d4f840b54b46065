"""Log-in, the second step, sessions, invitations and a person's own account."""
