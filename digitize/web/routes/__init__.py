"""What the server answers beside the pages: signing in and out, the API, IIIF, files."""
