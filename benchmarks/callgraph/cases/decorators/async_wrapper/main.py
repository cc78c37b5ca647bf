import asyncio


def trace(function):
    async def inner():
        before()
        return await function()

    return inner


def before():
    pass


@trace
async def work():
    pass


asyncio.run(work())
