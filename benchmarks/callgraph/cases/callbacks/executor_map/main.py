from concurrent.futures import ThreadPoolExecutor


def work(value):
    return value


with ThreadPoolExecutor(1) as executor:
    list(executor.map(work, [1]))
