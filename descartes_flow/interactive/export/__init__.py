"""What leaves the notebook: code, data, pictures, files, and reports of faults."""
