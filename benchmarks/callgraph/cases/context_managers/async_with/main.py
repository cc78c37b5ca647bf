import asyncio


class Session:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.close()

    async def close(self):
        pass

    def query(self):
        pass


async def main():
    async with Session() as session:
        session.query()


asyncio.run(main())
