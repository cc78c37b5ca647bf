from state import manager

manager.run()
