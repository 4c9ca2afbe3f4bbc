"""What the docstrings of torch.nn say, read and proved: a showcase, and a test of Torch's documentation."""
