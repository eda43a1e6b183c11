"""Forms, rule sets and words as data that a scholar may correct, and their loader."""

from inquirylab.definitions.form import Choice, Form, Question, Section
from inquirylab.definitions.loader import form_ids, load_form, parse_form, read_toml

__all__ = ["Choice", "Form", "Question", "Section", "form_ids", "load_form", "parse_form", "read_toml"]
