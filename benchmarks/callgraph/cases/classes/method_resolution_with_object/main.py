class A:
    def run(self): pass
class B:
    def run(self): after()
class C(A, B):
    def run(self):
        super(A, self).run()
def after(): pass
C().run()
