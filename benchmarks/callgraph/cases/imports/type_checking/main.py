from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools import Tool


def use(tool: "Tool"):
    tool.use()


def main():
    from tools import make

    use(make())


main()
