"""The settings of real projects: what is read, how completely, how fast, and what the drift rules say of them."""
