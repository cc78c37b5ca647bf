import asyncio


def on_done(task):
    finish(task.result())


def finish(value):
    return value.close()


class Handle:
    def close(self):
        return True


async def job():
    return Handle()


async def main():
    task = asyncio.create_task(job())
    task.add_done_callback(on_done)
    await task
    await asyncio.sleep(0)


asyncio.run(main())
