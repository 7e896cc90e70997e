"""Writing a post: from a form to what is posted.

Words: a **document** is what stands in the form, whatever it is worth; it is turned into a writing, which can be posted, or into
**troubles**, each with its field; a **sheet** keeps a document, by itself while somebody writes, or until a moment.
"""
