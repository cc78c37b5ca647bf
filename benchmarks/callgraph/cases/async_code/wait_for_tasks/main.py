import asyncio


class Answer:
    def show(self):
        return 1


async def work():
    return Answer()


async def main():
    done, pending = await asyncio.wait([asyncio.create_task(work())])
    for task in done:
        task.result().show()


asyncio.run(main())
