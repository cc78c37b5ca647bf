import asyncio


async def main():
    work()


def work():
    pass


asyncio.run(main())
