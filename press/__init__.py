"""Press: whom to call, what we announced, what others wrote, and the kit to write from."""
