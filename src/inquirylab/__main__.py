"""`python -m inquirylab` is `inquirylab`."""

from inquirylab.cli import main

main(prog_name="inquirylab")
