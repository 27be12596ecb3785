# Errors
