import asyncio


async def work():
    return 1


def done(task):
    report()


def report():
    pass


async def main():
    task = asyncio.create_task(work())
    task.add_done_callback(done)
    await task
    await asyncio.sleep(0)


asyncio.run(main())
