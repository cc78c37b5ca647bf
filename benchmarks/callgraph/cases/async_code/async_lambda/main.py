import asyncio


async def job():
    pass


run = lambda: job()  # noqa: E731


async def main():
    await run()


asyncio.run(main())
