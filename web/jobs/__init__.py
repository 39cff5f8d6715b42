"""Jobs as pages: progress, result, cancel; they can be left and found again."""
