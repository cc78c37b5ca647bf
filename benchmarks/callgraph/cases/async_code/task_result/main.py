import asyncio


def work():
    pass


async def job():
    return work


async def main():
    task = asyncio.create_task(job())
    (await task)()


asyncio.run(main())
