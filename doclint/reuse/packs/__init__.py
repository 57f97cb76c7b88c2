"""Packs: documents that drafts are compared with, kept on disk with the index of what stands in them."""
