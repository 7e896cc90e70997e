"""What is posted for everybody, as feeds: Atom 1.0 and JSON Feed 1.1, a page of fifty at a time."""
