import asyncio


def work():
    pass


async def job():
    return work


async def main():
    function = await asyncio.wait_for(job(), timeout=1)
    function()


asyncio.run(main())
