def kind():
    return int


value: kind() = 1
