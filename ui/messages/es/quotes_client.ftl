# The client's page of a quote.
