import asyncio


async def source():
    for function in (one, two):
        yield function


async def one():
    return 1


def two():
    return 2


async def main():
    async for function in source():
        result = function()
        if asyncio.iscoroutine(result):
            await result


asyncio.run(main())
