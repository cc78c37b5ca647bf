import asyncio


class Job:
    def run(self):
        return 1


async def producer(queue):
    await queue.put(Job())
    await queue.put(None)


async def consumer(queue):
    while True:
        job = await queue.get()
        if job is None:
            break
        job.run()


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(producer(queue), consumer(queue))


asyncio.run(main())
