"""Papers for the end of the road: the letter to the ORP (§ 92) and the case-conference sheet.

What a paper says is made once, as blocks (``paper``); a PDF and a DOCX are two ways to set them.
"""
