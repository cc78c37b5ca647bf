import asyncio


class Pool:
    async def __aenter__(self):
        await self.open()
        return self

    async def __aexit__(self, *exc):
        await self.close()

    async def open(self):
        return None

    async def close(self):
        return None

    def rows(self):
        return Rows()


class Rows:
    def __init__(self):
        self.left = 2

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return Row()


class Row:
    def get(self):
        return 1


async def main():
    async with Pool() as pool:
        async for row in pool.rows():
            row.get()


asyncio.run(main())
