# Api docs
api-docs-title = API documentation
api-docs-start = Getting started
api-docs-keys = API keys
api-docs-base = Base address:
api-docs-start-text = Send the key with each request. A key has a role and sees what a person with that role sees.
api-docs-problems = Errors are JSON as in RFC 9457 (application/problem+json), with a stable code and every field to correct.
api-docs-parameters = Parameters
api-docs-body = Request body
api-docs-answers = Responses
api-docs-example = Example
api-docs-fields = Fields
api-docs-field = Field
api-docs-type = Type
api-docs-meaning = Meaning
api-docs-required = required
