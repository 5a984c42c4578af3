"""The embedded engine: a trained parser, tables and rules, with no key and no network."""
