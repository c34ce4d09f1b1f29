"""Shows the public everything, and takes their applications and enquiries."""
