from concurrent.futures import ThreadPoolExecutor, as_completed, wait


class Result:
    def show(self):
        return 1

    def log(self):
        return 2


def work(number):
    return Result()


with ThreadPoolExecutor(1) as pool:
    futures = {pool.submit(work, number): number for number in range(2)}
    for future in as_completed(futures):
        future.result().show()
    done, _ = wait(futures)
    for future in done:
        future.result().log()
