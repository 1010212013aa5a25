"""The portal: what the public may read. A door without a login."""
