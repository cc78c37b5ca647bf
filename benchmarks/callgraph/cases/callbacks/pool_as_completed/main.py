from concurrent.futures import ThreadPoolExecutor, as_completed


class Result:
    def show(self):
        return 1


def work(n):
    return Result()


with ThreadPoolExecutor() as pool:
    futures = [pool.submit(work, i) for i in range(2)]
    for f in as_completed(futures):
        f.result().show()
