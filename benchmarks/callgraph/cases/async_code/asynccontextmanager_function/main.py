import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def session():
    opened = await open_it()
    try:
        yield opened
    finally:
        await close_it()


async def open_it():
    return Session()


async def close_it():
    pass


class Session:
    async def get(self):
        pass


async def main():
    async with session() as s:
        await s.get()


asyncio.run(main())
