import weakref


class Obs:
    def notify(self):
        return 1


obs = Obs()
ref = weakref.ref(obs)
ref().notify()
wm = weakref.WeakMethod(obs.notify)
wm()()
