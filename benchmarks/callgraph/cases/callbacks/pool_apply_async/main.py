from multiprocessing.pool import ThreadPool


class Result:
    def show(self):
        return 1


def work(number):
    return Result()


def note(result):
    return result.show()


with ThreadPool(1) as pool:
    pool.apply_async(work, (1,), callback=note).get()
    pool.apply(work, (1,)).show()
