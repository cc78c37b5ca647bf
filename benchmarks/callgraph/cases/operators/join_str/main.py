class Word:
    def __init__(self, w):
        self.w = w

    def __str__(self):
        return self.w


words = [Word("a"), Word("b")]
" ".join(str(w) for w in words)
" ".join(map(str, words))
