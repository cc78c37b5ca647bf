async def job():
    pass


coroutine = job()
coroutine.close()
