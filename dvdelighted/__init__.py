"""DVDelighted: what is on the disc and how good it looks, and when it is on the street."""
