"""The register of what an office has issued, and its figures against the targets of the plan."""
