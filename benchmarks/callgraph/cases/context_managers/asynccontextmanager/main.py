import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def lifespan():
    start()
    yield work
    stop()


def start():
    pass


def stop():
    pass


def work():
    pass


async def main():
    async with lifespan() as function:
        function()


asyncio.run(main())
