import asyncio


class Client:
    async def connect(self):
        return Session()


class Session:
    async def fetch(self):
        pass


async def main():
    session = await Client().connect()
    await session.fetch()


asyncio.run(main())
