"""What is printed: one content, several formats. Computes no light and no count."""
