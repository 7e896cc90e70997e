"""The operator's pages: what stands in the database, for whoever runs the network. They change next to nothing."""
