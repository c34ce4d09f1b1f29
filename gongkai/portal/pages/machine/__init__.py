"""What machines read of a site: feeds, maps, open data, signed lists. Every file notes what it
read, so that a release rewrites its own part and the indexes, whatever the size of the site."""
