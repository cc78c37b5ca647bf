import asyncio


def work():
    pass


async def functions():
    yield work


async def main():
    async for function in functions():
        function()


asyncio.run(main())
