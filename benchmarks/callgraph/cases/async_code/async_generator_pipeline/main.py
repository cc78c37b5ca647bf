import asyncio


async def source():
    yield one
    yield two


async def keep(items):
    async for item in items:
        yield item


def one():
    pass


def two():
    pass


async def main():
    async for function in keep(source()):
        function()


asyncio.run(main())
