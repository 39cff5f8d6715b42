"""Referrals: to answer, waiting, done; sent and answered step by step; counts for who is no party."""
