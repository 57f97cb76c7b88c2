"""The clerk's page and the HTTP API: uploads are checked in processes of their own, and nothing of them is kept."""
