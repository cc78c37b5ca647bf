import asyncio


def tick():
    pass


async def done():
    pass


loop = asyncio.new_event_loop()
loop.call_soon(tick)
loop.run_until_complete(done())
loop.close()
