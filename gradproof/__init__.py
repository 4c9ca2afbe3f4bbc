"""gradproof derives, proves and checks the gradients of deep learning."""
