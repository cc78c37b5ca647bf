from shop import create


order = create()
order.submit()
