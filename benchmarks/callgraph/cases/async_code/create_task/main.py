import asyncio


async def job():
    pass


async def main():
    task = asyncio.create_task(job())
    await task


asyncio.run(main())
