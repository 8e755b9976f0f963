"""The outside world: each package here fulfils a port of the domain with one library of its own."""
