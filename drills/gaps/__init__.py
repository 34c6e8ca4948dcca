"""Where the plan failed and where people did, from a run: gaps, attribution, improvements, and whether a fix stuck."""
