# Api keys
