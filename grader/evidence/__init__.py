"""What a student's process left behind, turned into facts by a process that never ran a student's code."""
