import asyncio


async def one():
    pass


async def two():
    pass


async def main():
    await asyncio.gather(one(), two())


asyncio.run(main())
