"""Flask: one folder per feature (routes, forms, templates, use cases)."""
