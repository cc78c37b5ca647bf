import asyncio


async def worker(queue):
    while not queue.empty():
        job = await queue.get()
        await job()


async def first():
    pass


async def second():
    pass


async def main():
    queue = asyncio.Queue()
    for job in (first, second):
        await queue.put(job)
    await asyncio.gather(worker(queue), worker(queue))


asyncio.run(main())
