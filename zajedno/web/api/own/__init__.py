"""What an institution's own programs may read and write with a token, within its scopes."""
