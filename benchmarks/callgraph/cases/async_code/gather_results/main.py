import asyncio


def work():
    pass


async def one():
    return work


async def two():
    return None


async def main():
    first, _second = await asyncio.gather(one(), two())
    first()


asyncio.run(main())
