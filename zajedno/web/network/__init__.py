"""The desk of networks: rounds of self-evaluation and surveys of collaboration. It knows no child."""
