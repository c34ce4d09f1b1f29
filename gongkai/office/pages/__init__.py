"""What is ours in the editor of pages."""
