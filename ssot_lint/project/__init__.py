"""What is analysed: files, ignore rules, source roots, module names, entry points."""
