from .a import run
original = run
def run(): original()
