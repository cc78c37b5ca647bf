import asyncio


class Future:
    def __await__(self):
        return iter(())


async def main():
    await Future()


asyncio.run(main())
