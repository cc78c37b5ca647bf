class Stack:
    def __init__(self):
        self.data = []

    def __len__(self):
        return len(self.data)

    def __bool__(self):
        return len(self) > 0

    def __contains__(self, x):
        return x in self.data

    def push(self, x):
        self.data.append(x)


s = Stack()
if not s:
    s.push(1)
while s:
    s.data.pop()
1 in s
