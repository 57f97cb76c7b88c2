"""Where the steps of a batch are carried out."""
