"""What is known of one inquiry. PURE: opens no file, starts no process."""
