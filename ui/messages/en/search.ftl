# Search
