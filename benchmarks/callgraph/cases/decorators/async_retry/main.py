import asyncio
import functools


def retry(func):
    @functools.wraps(func)
    async def wrapper(*args, **kwargs):
        await pause()
        return await func(*args, **kwargs)

    return wrapper


async def pause():
    await asyncio.sleep(0)


@retry
async def fetch(url):
    return parse(url)


def parse(url):
    return url


asyncio.run(fetch("u"))
