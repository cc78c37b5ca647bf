from models import User

User("me").greet()
