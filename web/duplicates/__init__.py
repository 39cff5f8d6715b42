"""Partners that are perhaps in the registry twice: seen side by side, made one, or told apart."""
