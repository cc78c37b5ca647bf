import asyncio


async def job():
    pass


async def main():
    tasks = [asyncio.ensure_future(job()) for _ in (1, 2)]
    for task in tasks:
        await task


asyncio.run(main())
