"""Questions to a city's public: who may answer, what an answer does, and how a reader gets both."""
