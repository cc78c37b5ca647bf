import asyncio


class Client:
    async def one(self):
        return work

    async def two(self):
        return work


def work():
    pass


async def main():
    client = Client()
    first, second = await asyncio.gather(client.one(), client.two())
    first()


asyncio.run(main())
