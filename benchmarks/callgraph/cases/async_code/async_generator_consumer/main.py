import asyncio


async def produce(n):
    for i in range(n):
        yield make(i)


def make(i):
    return lambda: i


async def consume():
    async for f in produce(2):
        f()
    return [g() async for g in produce(1)]


asyncio.run(consume())
