import asyncio


def job():
    pass


async def producer(queue):
    await queue.put(job)


async def consumer(queue):
    item = await queue.get()
    item()


async def main():
    queue = asyncio.Queue()
    await producer(queue)
    await consumer(queue)


asyncio.run(main())
