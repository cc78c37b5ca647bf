import asyncio
class Pool:
    async def __aenter__(self): return self
    async def __aexit__(self, *args): pass
    async def fetch(self): return [work]
def work(): pass
async def main():
    async with Pool() as pool:
        for each in await pool.fetch():
            each()
asyncio.run(main())
