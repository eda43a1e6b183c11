"""What people see and change in a notebook: one widget for each part of the record, with the same stem as its form.

A widget sends what stands; its view sends operations back; the record alone decides. Beside every widget stands the same
content as HTML and Markdown, for print, for export and for a notebook that nobody runs.
"""
