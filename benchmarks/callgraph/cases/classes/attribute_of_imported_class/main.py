from shop import Shop

Shop.owner.greet()
