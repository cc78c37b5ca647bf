class Conn:
    def open(self):
        return self

    def close(self):
        return None


def use(conn):
    return conn


def run():
    conn = Conn()
    try:
        use(conn.open())
    finally:
        conn.close()


run()
