import asyncio


def blocking():
    pass


async def main():
    await asyncio.to_thread(blocking)


asyncio.run(main())
