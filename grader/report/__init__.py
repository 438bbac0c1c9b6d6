"""What students and instructors get: results.json, feedback pages, the table of grades, the index of a class."""
