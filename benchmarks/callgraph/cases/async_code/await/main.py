import asyncio


async def main():
    await step()


async def step():
    work()


def work():
    pass


asyncio.run(main())
