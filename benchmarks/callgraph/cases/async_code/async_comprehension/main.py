import asyncio


def double(value):
    return value * 2


async def numbers():
    yield 1


async def main():
    return [double(value) async for value in numbers()]


asyncio.run(main())
