import asyncio
from contextlib import AsyncExitStack


class Resource:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *a):
        pass

    def use(self):
        pass


async def main():
    async with AsyncExitStack() as stack:
        resource = await stack.enter_async_context(Resource())
        resource.use()


asyncio.run(main())
