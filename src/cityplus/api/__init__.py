"""The JSON API: what everybody may read, for programs.

Words: a **resource** is what an address names; an **operation** asks for it; a **problem** is an answer that says what went
wrong (RFC 9457); a **cursor** says where the next page of a list begins; the **document** describes all of it
(OpenAPI 3.1), and the **manual** is the document as a page. The **door** stands before all answers. Whoever asks is
anonymous: what is not public yet does not exist here.
"""
