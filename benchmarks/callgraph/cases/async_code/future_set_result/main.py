import asyncio


class Answer:
    def show(self):
        return 1

    def log(self):
        return 2


def answer(future):
    future.set_result(Answer())


async def main():
    future = asyncio.get_running_loop().create_future()
    answer(future)
    (await future).show()
    future.result().log()


asyncio.run(main())
