from contextlib import contextmanager


class Session:
    def commit(self):
        return True

    def rollback(self):
        return False

    def close(self):
        return None


@contextmanager
def session_scope(factory):
    session = factory()
    try:
        yield session
        session.commit()
    finally:
        session.close()


def add(session):
    return session


with session_scope(Session) as s:
    add(s)
