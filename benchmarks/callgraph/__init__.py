"""Call graphs: micro-cases with their exact graphs, and recordings of real programs."""
