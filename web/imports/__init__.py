"""Import: a file of somebody's own becomes records, seen before anything is kept, and can be taken back."""
