class Reply:
    def read(self):
        return "reply"


def ask():
    answer = yield "question"
    return make(answer)


def make(answer):
    return Reply()


def talk():
    reply = yield from ask()
    reply.read()


conversation = talk()
next(conversation)
try:
    conversation.send("answer")
except StopIteration:
    pass
