"""What the law says, in pure Python: no library, no clock, no sentence for people."""
