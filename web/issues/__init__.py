"""Community issues, campaigns and mediations: raised on a phone in plain words, brought on by taps."""
