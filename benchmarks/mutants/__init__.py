"""Small changes to code that runs: which of those that keep it from being imported does a check report?"""
