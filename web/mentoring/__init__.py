"""Mentoring: my pairs, a contact logged on a phone, the pairs of a programme, counts for who manages."""
