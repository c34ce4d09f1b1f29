"""What applications and enquiries share: number, events, owner, routing, clock, correspondence."""
