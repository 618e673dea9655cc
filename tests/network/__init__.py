"""Networks with faults between real clients and a real server, and what must hold through them."""
