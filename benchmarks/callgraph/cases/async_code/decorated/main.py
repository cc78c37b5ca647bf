import asyncio
import functools


def retry(function):
    @functools.wraps(function)
    async def inner(*args):
        return await function(*args)

    return inner


@retry
async def fetch(value):
    pass


asyncio.run(fetch(1))
