from .orders import create
