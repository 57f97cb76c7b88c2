"""The journal of an archive: who searched, saw, took away and changed what; it is only ever added to."""
