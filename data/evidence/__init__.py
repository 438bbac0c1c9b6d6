"""The proof that the shipped backbones transfer: runs, their CSV, and the table that is made of it."""
