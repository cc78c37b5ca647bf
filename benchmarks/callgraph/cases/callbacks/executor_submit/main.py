from concurrent.futures import ThreadPoolExecutor


def work(value):
    return value


with ThreadPoolExecutor(1) as executor:
    executor.submit(work, 1).result()
