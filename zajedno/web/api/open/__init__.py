"""What everybody may read, without a token: figures, indicators, places, practices, events; and services, as HSDS."""
