"""inquirylab: define a problem, draw a theory, run cycles, and see from data whether things got better."""

__version__ = "0.1.0"
