import asyncio


class Feed:
    def __init__(self):
        self.left = 1

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return work


def work():
    pass


async def main():
    async for function in Feed():
        function()


asyncio.run(main())
