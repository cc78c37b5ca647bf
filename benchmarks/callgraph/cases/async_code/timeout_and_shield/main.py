import asyncio
async def one(): return two
def two(): pass
async def main():
    function = await asyncio.shield(one())
    function()
    results = await asyncio.gather(one(), one())
    results[0]()
asyncio.run(main())
