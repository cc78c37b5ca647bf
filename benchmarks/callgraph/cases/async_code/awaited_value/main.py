import asyncio


def work():
    pass


async def make():
    return work


async def main():
    function = await make()
    function()


asyncio.run(main())
