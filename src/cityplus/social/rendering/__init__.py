"""What is said as HTML: rendered once for all readers of a language, and put together for one of them."""
