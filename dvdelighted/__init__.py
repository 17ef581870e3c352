"""DVDelighted: reviews of discs, comparisons of editions, and the calendar of street dates."""
