"""How much time and memory a check takes, against the floor that LibCST's parser sets and against its neighbours."""
