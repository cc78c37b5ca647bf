from .tools import Tool
