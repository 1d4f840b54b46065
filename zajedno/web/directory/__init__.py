"""The public directory of services, for people and for machines."""
