import asyncio


class Job:
    def finish(self):
        return "finished"


async def work():
    return Job()


async def main():
    tasks = [asyncio.create_task(work())]
    done, pending = await asyncio.wait(tasks)
    for task in done:
        task.result().finish()
    return pending


asyncio.run(main())
